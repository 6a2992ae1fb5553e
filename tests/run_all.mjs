// How the Node tests run and report.

/** Runs each [name, async function]; prints what fails and ends the process accordingly. */
export async function runAll(tests) {
  let failed = 0;
  for (const [name, test] of tests) {
    try {
      await test();
    } catch (error) {
      ++failed;
      console.log(`FAILED ${name}: ${error.message}`);
    }
  }
  console.log(`${tests.length - failed} of ${tests.length} passed`);
  process.exit(failed === 0 && tests.length > 0 ? 0 : 1);
}

export function check(condition, message) {
  if (!condition) throw new Error(message);
}
