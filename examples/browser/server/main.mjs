// The command `serve`: reads its argument, starts the server, says where it is, and cleans up.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository, startServer } from './server.mjs';

const usage = 'usage: serve [PORT]    PORT is 1 to 65535, 8080 when not given';

function fail(message, code) {
  console.error(message);
  process.exit(code);
}

export async function main(words) {
  const [port = '8080'] = words;
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
  if (words.length > 1 || !isPort) fail(usage, 2);
  if (!existsSync(join(repository, 'web/dist/tfjs.wasm'))) {
    fail('web/dist/tfjs.wasm is missing: build it first (examples/browser/README.md)', 1);
  }
  let server;
  try {
    server = await startServer(Number(port));
  } catch (error) {
    const isTaken = error.code === 'EADDRINUSE';
    fail(isTaken ? `port ${port} is taken: name another, as in 'serve 8081'` : error.message, 1);
  }
  console.log(`${server.origin}/    (Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => server.close().then(() => process.exit(0)));
  }
}
