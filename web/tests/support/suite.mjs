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
// In the page, `tf` is the package, `stock` is TensorFlow.js where the suite asks for it, and what
// in_page.js and mixed_model.js export is global. An error that nobody catches in the page fails
// the case. A case has besides: `open`, for more pages; `problems`, what went wrong in them so far;
// `launch`, for browsers of its own; `downloads`, the folder; `browser`, the kind; `part`, to
// report one of many checks by itself.
//
//   node browser/tutorial_test.mjs [TEXT]   runs the cases whose name, with [browser], has the TEXT
//
// TFJS_TEST_SUBJECT=stock puts stock in the place of the package, to see that a test can fail.

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, programs } from './browsers.mjs';
import { subjectIsStock } from './pages.mjs';
import { Report, seconds } from './report.mjs';
import { Runner } from './runner.mjs';
import { repository, startServer } from './server.mjs';

const browsers = Object.keys(programs);

/** Ends the process as "skipped" where what all cases need is missing. */
function skipUnlessReady(libraries) {
  const isMissing = (path) => !existsSync(join(repository, path));
  let reason = '';
  if (isMissing('web/tests/node_modules')) {
    reason = "run 'npm ci' in web/tests first";
  } else if (libraries.package && !subjectIsStock && isMissing('web/dist/tfjs.wasm')) {
    reason = 'build web/dist/tfjs.wasm first';
  }
  if (reason === '') return;
  console.log(`skipped: ${reason}`);
  process.exit(77);
}

/** Why a case cannot run, or ''. */
function reasonToSkip({ skip }, kind) {
  if (skip) return skip;
  return kind === 'node' || isInstalled(kind) ? '' : `there is no ${programs[kind]}`;
}

/**
 * Runs the cases that `define` names, and ends the process.
 * @param {string} url import.meta.url of the test file
 * @param {(test: (name: string, body: (context) => Promise, options?) => void) => void} define
 *     options of a case: `in` (browsers, or 'node' for none; both browsers by default),
 *     `timeoutMs`, `skip` (a reason)
 * @param {{package?: boolean, stock?: boolean}} libraries what the pages have
 */
export async function suite(url, define, libraries = {}) {
  const needed = { package: true, stock: false, ...libraries };
  skipUnlessReady(needed);
  // Leaving by exit() takes the browsers and their folders along.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const cases = [];
  define((name, body, options = {}) => {
    cases.push({ name, body, in: browsers, timeoutMs: 90_000, ...options });
  });
  const wanted = process.argv[2] ?? '';
  const report = new Report(basename(fileURLToPath(url), '.mjs'));
  const server = await startServer();
  for (const kind of ['node', ...browsers]) {
    const runner = new Runner(kind, { server, report, libraries: needed });
    for (const each of cases.filter((one) => one.in.includes(kind))) {
      const name = `${each.name} [${kind}]`;
      if (!name.includes(wanted)) continue;
      await runCase(runner, { ...each, name, reason: reasonToSkip(each, kind) }, report);
    }
    await runner.end();
  }
  await server.close();
  process.exit(report.end());
}

async function runCase(runner, { name, reason, ...rest }, report) {
  if (reason !== '') return report.skipped(name, reason);
  const started = performance.now();
  try {
    await runner.run(rest);
    report.passed(name, seconds(started));
  } catch (error) {
    report.failed(name, seconds(started), error.stack ?? String(error));
  }
}
