// The two browsers of the tests: Debian's Chromium and Firefox ESR as they are, headless, driven by
// puppeteer-core (Firefox through WebDriver BiDi).
//
// Nothing they do reaches a network: every host but loopback goes through the tests' own server,
// which is their proxy and answers for whatever name a page uses.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const programs = {
  chromium: process.env.TFJS_CHROMIUM || '/usr/bin/chromium',
  firefox: process.env.TFJS_FIREFOX || '/usr/bin/firefox-esr',
};

export const isInstalled = (kind) => existsSync(programs[kind]);

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const firefoxPreferences = {
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.download.panel.shown': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.helperApps.neverAsk.saveToDisk': 'application/json,application/octet-stream',
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.proxy.type': 1,
};

/**
 * Starts a browser.
 * @param {'chromium'|'firefox'} kind
 * @param {{proxy: {host, port}, profile?: string, downloads?: string}} options `profile` is a
 *     folder to keep; without it the browser has a fresh one, which goes with it
 */
export async function launch(kind, { proxy, profile, downloads }) {
  const { default: puppeteer } = await import('puppeteer-core');
  const userDataDir = profile ?? mkdtempSync(join(tmpdir(), `tfjs-${kind}-`));
  const common = {
    browser: kind === 'chromium' ? 'chrome' : 'firefox',
    executablePath: programs[kind],
    headless: true,
    userDataDir,
    timeout: 120_000,
    protocolTimeout: 300_000,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  const own =
    kind === 'chromium'
      ? {
          args: [...chromiumFlags, `--proxy-server=http://${proxy.host}:${proxy.port}`],
          ...(downloads && { downloadBehavior: { policy: 'allow', downloadPath: downloads } }),
        }
      : {
          extraPrefsFirefox: {
            ...firefoxPreferences,
            'network.proxy.http': proxy.host,
            'network.proxy.http_port': proxy.port,
            'network.proxy.ssl': proxy.host,
            'network.proxy.ssl_port': proxy.port,
            ...(downloads && { 'browser.download.dir': downloads }),
          },
        };
  const puppet = await puppeteer.launch({ ...common, ...own });
  return new Browser(kind, puppet, userDataDir, profile === undefined, downloads);
}

class Browser {
  #puppet;
  #child;
  #profile;
  #goesWithIt;
  #downloads;
  #ended;

  constructor(kind, puppet, profile, goesWithIt, downloads) {
    this.kind = kind;
    this.#puppet = puppet;
    this.#profile = profile;
    this.#goesWithIt = goesWithIt;
    this.#downloads = downloads;
    this.#child = puppet.process();
    this.#ended = new Promise((resolve) => this.#child.once('exit', resolve));
    process.once('exit', this.#atExit);
  }

  get #runs() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #atExit = () => {
    if (this.#runs) killTree(this.#child.pid);
    if (this.#goesWithIt) remove(this.#profile);
  };

  /** A tab that shares its stores with the other tabs of the profile. */
  newTab() {
    return this.#puppet.newPage();
  }

  /** Stores of their own, empty at first: {newTab(), close()}. */
  async newStores() {
    const downloads = this.#downloads;
    const context = await this.#puppet.createBrowserContext(
      this.kind === 'chromium' && downloads
        ? { downloadBehavior: { policy: 'allow', downloadPath: downloads } }
        : {},
    );
    return { newTab: () => context.newPage(), close: () => context.close() };
  }

  /** Ends the browser as a person would, so that the profile is all written. */
  async close() {
    const late = new Promise((resolve) => setTimeout(resolve, 15_000).unref());
    await Promise.race([this.#puppet.close().catch(() => {}), late]);
    await this.kill();
  }

  /** Ends the browser and all its processes at once, as a crash would. */
  async kill() {
    if (this.#runs) {
      killTree(this.#child.pid);
      await this.#ended;
    }
    process.removeListener('exit', this.#atExit);
    if (this.#goesWithIt) remove(this.#profile);
  }
}

/** Kills a process and its descendants, and no others. */
function killTree(pid) {
  const listed = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).stdout ?? '';
  const rows = listed.trim().split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const doomed = [pid];
  for (const parent of doomed) {
    doomed.push(...rows.filter(([, ppid]) => ppid === parent).map(([child]) => child));
  }
  for (const each of doomed) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

// Helper processes may write a last file while the folder goes.
const remove = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
