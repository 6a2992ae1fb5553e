// Runs cases in one browser, which is started when the first needs it and again when a case has
// lost it.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browsers.mjs';
import { Pages } from './pages.mjs';
import { seconds } from './report.mjs';
import { Late, within } from './within.mjs';

export class Runner {
  #browser = null;
  #kind;
  #server;
  #report;
  #libraries;
  #downloads = mkdtempSync(join(tmpdir(), 'tfjs-downloads-'));

  /** @param {'chromium'|'firefox'|'node'} kind `node` has no browser */
  constructor(kind, { server, report, libraries }) {
    this.#kind = kind;
    this.#server = server;
    this.#report = report;
    this.#libraries = libraries;
    process.once('exit', () => rmSync(this.#downloads, { recursive: true, force: true }));
  }

  async run({ body, timeoutMs }) {
    this.#server.heal();
    if (this.#kind === 'node') return within(timeoutMs, body({ part: this.#part }), 'the case');
    for (const file of readdirSync(this.#downloads)) rmSync(join(this.#downloads, file));
    this.#browser ??= await this.#launch();
    const stores = await within(60_000, this.#browser.newStores(), 'opening the browser');
    const pages = new Pages(stores, this.#server, this.#libraries);
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

  async #runBody(body, { open, problems }) {
    const context = {
      browser: this.#kind,
      server: this.#server,
      downloads: this.#downloads,
      open,
      problems,
      launch: this.#launch,
      part: this.#part,
    };
    // Cases that want another page than the plain one open it themselves.
    const page = /^async \(\{[^}]*\bpage\b/.test(body.toString()) ? await open() : undefined;
    await body({ ...context, page });
  }

  #launch = (options = {}) =>
    launch(this.#kind, { proxy: this.#server, downloads: this.#downloads, ...options });

  /** Reports one of many checks of a case; only when it may have lost the page, the case ends. */
  #part = async (name, check) => {
    const started = performance.now();
    try {
      await within(20_000, check(), name);
      this.#report.passed(`${name} [${this.#kind}]`, seconds(started));
    } catch (error) {
      this.#report.failed(`${name} [${this.#kind}]`, seconds(started), error.message);
      if (error instanceof Late) throw error;
    }
  };

  async end() {
    await this.#browser?.close();
  }
}
