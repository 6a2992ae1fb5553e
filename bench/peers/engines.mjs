// The engines under comparison behind one face: {name, run(seconds) -> {bestMs}, close()}.
import {spawn, spawnSync} from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** tfjs-cpp: a process per run, so that nothing of it stays in caches that the others would not have. */
export function ours(command, folder, threads, batch) {
  return {
    name: 'tfjs-cpp',
    async run(seconds) {
      const args = ['bench', folder, '--json', '--threads', threads, '--batch', batch, '--seconds', seconds];
      return JSON.parse(runToEnd(command, args));
    },
    async close() {},
  };
}

/** A stock engine in a Node process that stays. */
export async function stock(engine, folder, threads, batch) {
  const child = spawn(process.execPath, ['--no-warnings', path.join(here, 'engine_worker.mjs'), engine, folder, threads, batch],
                      {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const ready = await lines.next();
  if (ready.value !== 'ready') throw new Error(`${engine} did not start with ${folder}: ${ready.value}`);
  return {
    name: engine,
    async run(seconds) {
      child.stdin.write(`${seconds}\n`);
      return JSON.parse((await lines.next()).value);
    },
    async close() {
      child.stdin.end();
    },
  };
}

export function runToEnd(command, args) {
  const result = spawnSync(command, args.map(String), {encoding: 'utf8', maxBuffer: 1 << 26});
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${result.status}\n${result.stderr}`);
  return result.stdout;
}

/** Milliseconds from process start to exit. */
export function wallMs(command, args) {
  const start = performance.now();
  runToEnd(command, args);
  return performance.now() - start;
}

export function coldStartOfStock(engine, folder) {
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--no-warnings', path.join(here, 'engine_worker.mjs'), engine, folder, '1', '1'],
                           {input: '', encoding: 'utf8'});
  if (result.status !== 0 || !result.stdout.startsWith('ready')) throw new Error(`${engine}: ${result.stderr}`);
  return performance.now() - start;
}

export function stockFile(action, folder, target) {
  const args = ['--no-warnings', path.join(here, 'file_worker.mjs'), action, folder, ...(target ? [target] : [])];
  return JSON.parse(runToEnd(process.execPath, args).trim().split('\n').at(-1));
}

/** {wallMs, peakBytes} of a command from its start to its exit. */
export function measured(command, args) {
  const script = 'import resource, subprocess, sys, time\n' +
      'start = time.monotonic()\n' +
      'subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n' +
      'print((time.monotonic() - start) * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)';
  const [wall, peak] = runToEnd('python3', ['-c', script, command, ...args]).trim().split(' ').map(Number);
  return {wallMs: wall, peakBytes: peak};
}

/** The server of model_server.mjs: {url, close()}. */
export async function modelServer(folder) {
  const child = spawn(process.execPath, [path.join(here, 'model_server.mjs'), folder], {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const port = (await lines.next()).value;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => child.stdin.end(),
  };
}
