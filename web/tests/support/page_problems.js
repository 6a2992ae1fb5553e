// Runs first in every page of the tests: keeps what the page's policy forbids, for the test to fail
// by. (Errors that nobody catches are heard from outside.)
'use strict';
globalThis.pageProblems = [];
addEventListener('securitypolicyviolation', (event) => {
  globalThis.pageProblems.push(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});
