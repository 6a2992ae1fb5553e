// The page of examples/browser for tests: opened on a server of its own, with words for what a
// person does and sees.

import { startServer } from '../../../examples/browser/server/server.mjs';

const policyWatch = () => {
  globalThis.pageProblems = [];
  addEventListener('securitypolicyviolation', (event) => {
    globalThis.pageProblems.push(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
  });
};

/** Waits until `condition`, a function of the page, gives true; else says what is there. */
async function until(page, what, condition, ...args) {
  try {
    await page.waitForFunction(condition, { timeout: 30_000 }, ...args);
  } catch {
    const seen = await page.evaluate(() => document.body.innerText);
    throw new Error(`waited for ${what}; the page says:\n${seen}`);
  }
}

/** Opens the page for a case of a suite; its server ends with it. */
export async function pageOf({ open }) {
  const server = await startServer(0);
  const page = await open('/page', { libraries: false });
  page.once('close', () => server.close());
  await page.setViewport({ width: 1100, height: 900 });
  await page.evaluateOnNewDocument(policyWatch);
  await page.goto(`${server.origin}/`);

  const words = {
    page,

    /** The model of this name is open. */
    ready: (name) =>
      until(page, `${name} to be open`,
        (wanted) => document.getElementById('model-name').textContent === wanted, name),

    answer: (digit) =>
      until(page, `the answer ${digit}`,
        (wanted) => document.querySelector('#prediction .answer b')?.textContent === wanted, digit),

    said: (text) =>
      until(page, text,
        (wanted) => document.getElementById('job-text').textContent === wanted, text),

    /** A problem with `text` in it is shown. */
    problem: (text) =>
      until(page, `a problem with ${text}`, (wanted) =>
        document.getElementById('job-problem').textContent.includes(wanted) &&
        document.getElementById('job').checkVisibility(), text),

    /** Presses the visible button of this name, as a screen reader would say it. */
    async press(name) {
      await until(page, `a button ${name}`, (wanted) => {
        const isIt = (button) =>
          (button.getAttribute('aria-label') ?? button.textContent) === wanted &&
          button.checkVisibility();
        const found = [...document.querySelectorAll('button')].find(isIt);
        found?.focus();
        found?.click();
        return found !== undefined;
      }, name);
    },

    more: (name) => words.press(`More for ${name}`),

    source: (value) => page.click(`input[name=source][value=${value}]`),

    async save(name, place) {
      await page.$eval('#save-form [name=name]', (field, value) => (field.value = value), name);
      await page.$eval(`#targets input[value=${place}]`, (radio) => radio.click());
      await page.$eval('#save-form button.main', (button) => button.click());
    },

    /** [name, about] of each stored model, once there are `count`. */
    async stored(count) {
      await until(page, `${count} stored models`,
        (wanted) => document.querySelectorAll('#models > li').length === wanted, count);
      return page.$$eval('#models > li', (items) => items.map((item) =>
        [item.querySelector('b').textContent, item.querySelector('small').textContent]));
    },

    /** [output shape, parameters] of each layer. */
    layers: () =>
      page.$$eval('#layers tbody tr', (rows) =>
        rows.map((row) => [row.cells[1].textContent, row.cells[2].textContent])),

    /** Draws one stroke of points from 0 to 1. */
    async drawWithMouse(points) {
      const pad = await page.$('#pad');
      await pad.scrollIntoView();
      const box = await pad.boundingBox();
      const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
      await page.mouse.move(...at(points[0]));
      await page.mouse.down();
      for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 8 });
      await page.mouse.up();
    },
  };
  return words;
}
