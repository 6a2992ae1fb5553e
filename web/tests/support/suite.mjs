// How a test file runs: its cases in each browser, one after the other, each with a page and stores
// of its own and a limit to its time.
//
//   await suite(import.meta.url, (test) => {
//     test('Saves a model', async ({ page, server }) => {
//       await page.evaluate(async () => {
//         await smallModel(tf).save('indexeddb://m');
//       });
//     });
//   });
//
// In the page, `tf` is the package, `stock` is TensorFlow.js, and everything that in_page.js and
// mixed_model.js export is global. An error that nobody catches in the page fails the case. A case
// has besides: `open`, for more pages; `problems`, what went wrong in them so far; `launch`, for
// browsers of its own; `downloads`, the folder; `browser`, the kind; `part`, to report one of many
// checks by itself. A case `in: ['node']` has no browser.
//
//   node browser/tutorial_test.mjs [TEXT]   runs the cases whose name, with [browser], has the TEXT
//
// TFJS_TEST_SUBJECT=stock puts stock in the place of the package, to see that a test can fail.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, launch, programs } from './browsers.mjs';
import { Report } from './report.mjs';
import { repository, startServer } from './server.mjs';

const subjectIsStock = process.env.TFJS_TEST_SUBJECT === 'stock';

const seconds = (ms) => (performance.now() - ms) / 1000;

/** Why nothing can run in a browser, or ''. */
const reasonWithout = (kind) =>
  kind === 'node' || isInstalled(kind) ? '' : `there is no ${programs[kind]}`;

/** Ends the process as "skipped" where what the tests need is missing. */
function skipUnlessReady(needsPackage) {
  const missing = !existsSync(join(repository, 'web/tests/node_modules'))
    ? "run 'npm ci' in web/tests first"
    : needsPackage && !subjectIsStock && !existsSync(join(repository, 'web/dist/tfjs.wasm'))
      ? 'build web/dist/tfjs.wasm first'
      : '';
  if (missing === '') return;
  console.log(`skipped: ${missing}`);
  process.exit(77);
}

class Late extends Error {}

/** Fails when `promise` takes longer. */
async function within(ms, promise, what) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Late(`${what} took more than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A case's way to pages: opens them, and remembers what went wrong in them. */
class Pages {
  #stores;
  #server;
  #needsPackage;
  #open = [];
  problems = [];

  constructor(stores, server, needsPackage) {
    this.#stores = stores;
    this.#server = server;
    this.#needsPackage = needsPackage;
  }

  /** @param {string} path of the page; `libraries: false` leaves it empty */
  open = async (path = '/page', { libraries = true, browser = this.#stores } = {}) => {
    const page = await browser.newTab();
    page.on('pageerror', (error) => this.problems.push(`uncaught: ${error.stack ?? error}`));
    this.#open.push(page);
    await page.goto(this.#server.origin + path);
    if (libraries) await this.#loadLibraries(page);
    return page;
  };

  async #loadLibraries(page) {
    const stock = '/web/tests/node_modules/@tensorflow/tfjs/dist/tf.min.js';
    await page.evaluate(
      async (stockScript, packageScript, helpers) => {
        await new Promise((resolve, reject) => {
          const script = document.createElement('script');
          script.src = stockScript;
          script.onload = resolve;
          script.onerror = () => reject(new Error(`cannot load ${stockScript}`));
          document.head.append(script);
        });
        globalThis.stock = globalThis.tf;
        // The CPU backend computes as exactly as ours; WebGL would be emulated here.
        await globalThis.stock.setBackend('cpu');
        for (const each of helpers) Object.assign(globalThis, await import(each));
        globalThis.tf = packageScript ? await import(packageScript) : globalThis.stock;
      },
      stock,
      this.#needsPackage && !subjectIsStock ? '/web/src/index.js' : '',
      ['/web/tests/support/in_page.js', '/web/tests/support/mixed_model.js'],
    );
  }

  /** Everything that went wrong in the pages that are still there. */
  async collected() {
    for (const page of this.#open.filter((each) => !each.isClosed())) {
      const found = await page.evaluate(() => globalThis.pageProblems ?? []).catch(() => []);
      this.problems.push(...found);
    }
    return [...new Set(this.problems)];
  }
}

/** One browser of the suite, started again when a case has lost it. */
class Runner {
  #browser = null;

  constructor(kind, server, report, needsPackage) {
    this.kind = kind;
    this.server = server;
    this.report = report;
    this.needsPackage = needsPackage;
    this.downloads = mkdtempSync(join(tmpdir(), 'tfjs-downloads-'));
  }

  launch = (options = {}) =>
    launch(this.kind, { proxy: this.server, downloads: this.downloads, ...options });

  async run({ body, timeoutMs }) {
    this.server.heal();
    if (this.kind === 'node') {
      return within(timeoutMs, body({ server: this.server, part: this.part }), 'the case');
    }
    for (const file of readdirSync(this.downloads)) rmSync(join(this.downloads, file));
    this.#browser ??= await this.launch();
    const stores = await within(60_000, this.#browser.newStores(), 'opening the browser');
    const pages = new Pages(stores, this.server, this.needsPackage);
    try {
      await within(timeoutMs, this.#runBody(body, pages), 'the case');
      const problems = await within(10_000, pages.collected(), 'asking the page');
      if (problems.length > 0) throw new Error(problems.join('\n'));
      await within(10_000, stores.close(), 'closing the page');
    } catch (error) {
      const heard = pages.problems.filter((problem) => !error.message.includes(problem));
      error.stack = [error.stack, ...heard].join('\n');
      // A page that hangs may hold up the ones after it.
      await this.#browser.kill();
      this.#browser = null;
      throw error;
    }
  }

  async #runBody(body, pages) {
    const { kind, server, downloads, part } = this;
    const { open, problems } = pages;
    const shared = { browser: kind, server, downloads, open, problems, part };
    // Cases that want another page than the plain one open it themselves.
    const page = /^async \(\{[^}]*\bpage\b/.test(body.toString()) ? await open() : undefined;
    await body({ ...shared, page, launch: this.launch });
  }

  /** Runs one of many checks of a case; its failure is reported, and ends the case only when the
   * page may be lost by it. */
  part = async (name, check) => {
    const started = performance.now();
    try {
      await within(20_000, check(), name);
      this.report.passed(`${name} [${this.kind}]`, seconds(started));
    } catch (error) {
      this.report.failed(`${name} [${this.kind}]`, seconds(started), error.message);
      if (error instanceof Late) throw error;
    }
  };

  async end() {
    await this.#browser?.close();
    rmSync(this.downloads, { recursive: true, force: true });
  }
}

/**
 * Runs the cases that `define` names, and ends the process.
 * @param {string} url import.meta.url of the test file
 * @param {(test: (name: string, body: (context) => Promise, options?) => void) => void} define
 *     options of a case: `in` (browsers, or 'node'; both browsers by default), `timeoutMs`, `skip`
 *     (a reason)
 * @param {{needsPackage?: boolean}} options whether pages import the package
 */
export async function suite(url, define, { needsPackage = true } = {}) {
  const file = basename(fileURLToPath(url), '.mjs');
  skipUnlessReady(needsPackage);
  const cases = [];
  define((name, body, options = {}) => {
    cases.push({ name, body, in: Object.keys(programs), timeoutMs: 90_000, ...options });
  });
  const wanted = process.argv[2] ?? '';
  const report = new Report(file);
  const server = await startServer();
  for (const kind of ['node', ...Object.keys(programs)]) {
    const runner = new Runner(kind, server, report, needsPackage);
    for (const each of cases.filter((one) => one.in.includes(kind))) {
      const name = `${each.name} [${kind}]`;
      if (!name.includes(wanted)) continue;
      const reason = each.skip || reasonWithout(kind);
      if (reason !== '') {
        report.skipped(name, reason);
        continue;
      }
      const started = performance.now();
      try {
        await runner.run(each);
        report.passed(name, seconds(started));
      } catch (error) {
        report.failed(name, seconds(started), error.stack ?? String(error));
      }
    }
    await runner.end();
  }
  await server.close();
  process.exit(report.end());
}
