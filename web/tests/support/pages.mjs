// The pages of one case: opened with the libraries in them, and what went wrong in them.

const stockScript = '/web/tests/node_modules/@tensorflow/tfjs/dist/tf.min.js';
const helpers = ['/web/tests/support/in_page.js', '/web/tests/support/mixed_model.js'];

/** Puts stock in the place of the package, to see that a test can fail. */
export const subjectIsStock = process.env.TFJS_TEST_SUBJECT === 'stock';

export class Pages {
  #stores;
  #server;
  #libraries;
  #open = [];
  /** Errors that nobody caught, as text; a case may take out what it expects. */
  problems = [];

  /** @param {{package: boolean, stock: boolean}} libraries what pages have */
  constructor(stores, server, libraries) {
    this.#stores = stores;
    this.#server = server;
    this.#libraries = libraries;
  }

  /**
   * @param {string} path
   * @param {{libraries?: boolean, browser?}} options `libraries: false` leaves the page as it is;
   *     `browser` is another than the one of the suite
   */
  open = async (path = '/page', { libraries = true, browser = this.#stores } = {}) => {
    const page = await browser.newTab();
    page.on('pageerror', (error) => this.problems.push(`uncaught: ${error.stack ?? error}`));
    this.#open.push(page);
    await page.goto(this.#server.origin + path);
    if (libraries) await this.#loadLibraries(page);
    return page;
  };

  async #loadLibraries(page) {
    if (this.#libraries.stock || subjectIsStock) {
      await page.evaluate(async (source) => {
        await new Promise((resolve, reject) => {
          const script = document.createElement('script');
          script.src = source;
          script.onload = resolve;
          script.onerror = () => reject(new Error(`cannot load ${source}`));
          document.head.append(script);
        });
        globalThis.stock = globalThis.tf;
        // The CPU backend computes as exactly as ours; WebGL would be emulated here.
        await globalThis.stock.setBackend('cpu');
      }, stockScript);
    }
    const own = this.#libraries.package && !subjectIsStock ? '/web/src/index.js' : '';
    await page.evaluate(
      async (modules, main) => {
        for (const each of modules) Object.assign(globalThis, await import(each));
        if (main) globalThis.tf = await import(main);
      },
      helpers,
      own,
    );
  }

  /** Everything that went wrong, in pages that are still there. */
  async collected() {
    for (const page of this.#open.filter((each) => !each.isClosed())) {
      const found = await page.evaluate(() => globalThis.pageProblems ?? []).catch(() => []);
      this.problems.push(...found);
    }
    return [...new Set(this.problems)];
  }
}
