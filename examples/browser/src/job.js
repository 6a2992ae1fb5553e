// What is under way, one thing at a time: its progress in bytes, a way to stop it, and how it
// ended.

import { byId } from './dom.js';
import * as format from './format.js';

const box = byId('job');
const text = byId('job-text');
const problem = byId('job-problem');
const bar = byId('job-bar');
const amount = byId('job-bytes');
const button = byId('job-stop');

const shownFor = 4000; // milliseconds, when all went well

let controller = null;
let hiding = 0;
let allBytes = 0;

function showProgress(fraction, { bytes, total }) {
  if (total === 0) return; // nothing is known of how much there is
  allBytes = total;
  bar.max = 1;
  bar.value = fraction;
  amount.textContent = `${format.bytes(bytes)} of ${format.bytes(total)}`;
}

function begin(title, canStop) {
  clearTimeout(hiding);
  box.className = '';
  text.textContent = title;
  problem.textContent = '';
  amount.textContent = '';
  allBytes = 0;
  bar.removeAttribute('value'); // how far it is is not known yet
  bar.hidden = false;
  button.textContent = 'Cancel';
  button.hidden = !canStop;
  box.hidden = false;
}

/** Says how it ended: a problem stays until it is closed, the rest goes by itself. */
function end(title, message) {
  const isWell = message === '';
  controller = null;
  text.textContent = title;
  problem.textContent = message;
  bar.hidden = true;
  if (isWell && allBytes > 0) amount.textContent = format.bytes(allBytes);
  box.className = isWell ? 'well' : '';
  button.textContent = 'Close';
  button.hidden = isWell;
  if (isWell) hiding = setTimeout(() => (box.hidden = true), shownFor);
}

/** Says that something failed, where nothing was under way. */
export function showProblem(title, error) {
  clearTimeout(hiding);
  if (controller !== null) return; // what is under way is told of
  amount.textContent = '';
  box.hidden = false;
  end(title, error.message);
}

/**
 * Does a thing that takes time.
 * @param {string} title what is done, as "Loading digits"
 * @param {(job: {onProgress, signal}) => Promise<string>} work gives what was done, for people
 * @param {{canStop?: boolean, isQuiet?: boolean}} options whether `work` heeds the signal; and
 *     whether nothing is said when it is done
 * @return {Promise<boolean>} whether it was done; if not, the page has said why
 */
export async function run(title, work, { canStop = false, isQuiet = false } = {}) {
  if (controller !== null) {
    text.textContent = `Still busy: ${text.textContent.replace(/^Still busy: /, '')}`;
    return false;
  }
  const own = new AbortController();
  controller = own;
  begin(title, canStop);
  try {
    end(await work({ onProgress: showProgress, signal: own.signal }), '');
    if (isQuiet) box.hidden = true;
    return true;
  } catch (error) {
    if (own.signal.aborted) {
      end(`${title}: cancelled`, '');
    } else {
      console.warn(error);
      end(`${title} failed`, error.message);
    }
    return false;
  }
}

button.addEventListener('click', () => {
  if (controller !== null) controller.abort();
  else box.hidden = true;
});
