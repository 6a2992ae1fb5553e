// Where the page begins. The rest is imported from here so that a page that cannot start (no
// WebAssembly, a file that is missing) says so instead of doing nothing.

try {
  await import('./page.js');
} catch (error) {
  const problem = document.getElementById('start-problem');
  problem.textContent = `This page cannot start: ${error.message}`;
  problem.hidden = false;
  throw error;
}
