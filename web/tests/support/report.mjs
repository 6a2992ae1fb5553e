// What a test file says of its cases: a line each, and build/<preset>/gtest/browser.<file>.xml,
// which scripts/tally.py counts.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const escaped = (text) =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');

export class Report {
  #name;
  #cases = [];

  constructor(name) {
    this.#name = name;
  }

  passed(name, seconds) {
    this.#cases.push({ name, seconds });
    console.log(`ok ${name} (${seconds.toFixed(1)} s)`);
  }

  failed(name, seconds, problem) {
    this.#cases.push({ name, seconds, problem });
    console.log(`not ok ${name} (${seconds.toFixed(1)} s)`);
    console.log(problem.replace(/^/gm, '    '));
  }

  skipped(name, reason) {
    this.#cases.push({ name, seconds: 0, reason });
    console.log(`skipped ${name}: ${reason}`);
  }

  /** Writes the xml where the build is known; gives the exit code. */
  end() {
    const failed = this.#cases.filter((each) => each.problem !== undefined).length;
    const skipped = this.#cases.filter((each) => each.reason !== undefined).length;
    const passed = this.#cases.length - failed - skipped;
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    if (process.env.TFJS_BUILD_DIR) this.#write(join(process.env.TFJS_BUILD_DIR, 'gtest'), failed);
    if (failed > 0 || this.#cases.length === 0) return 1;
    return passed > 0 ? 0 : 77;
  }

  #write(folder, failures) {
    const count = this.#cases.length;
    const lines = this.#cases.map(({ name, seconds, problem, reason }) => {
      const status = reason === undefined ? 'run' : 'notrun';
      const head = `    <testcase name="${escaped(name)}" status="${status}" time="${seconds}"`;
      if (problem !== undefined) {
        return `${head}><failure message="${escaped(problem)}"/></testcase>`;
      }
      if (reason !== undefined) return `${head}><skipped message="${escaped(reason)}"/></testcase>`;
      return `${head}/>`;
    });
    const xml = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites tests="${count}" failures="${failures}">`,
      `  <testsuite name="${escaped(this.#name)}" tests="${count}" failures="${failures}">`,
      ...lines,
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `browser.${this.#name}.xml`), xml);
  }
}
