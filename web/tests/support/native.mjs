// The native command of this project, where it was built: TFJS is its path.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mixedInputs } from './mixed_model.js';
import { npyOf, parseNpy } from './npy.js';

const command = process.env.TFJS ?? '';

/** Why tests of the command cannot run, or ''. */
export const reasonWithoutNative =
  command === '' || !existsSync(command) ? 'TFJS does not name the native command' : '';

/** Runs the command without blocking the web server in this process. */
export async function tfjs(...words) {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`tfjs ${words.join(' ')} ended with ${code}: ${said.trim()}`);
  return said;
}

/** What the command predicts with the mixed model that is at `model`; files go to `folder`. */
export async function nativePrediction(model, folder) {
  mkdirSync(folder, { recursive: true });
  const inputs = mixedInputs({ tensor: (values, shape) => ({ values, shape }) });
  const files = inputs.map(({ values, shape }, i) => {
    const file = join(folder, `in${i}.npy`);
    writeFileSync(file, npyOf(values, shape));
    return file;
  });
  await tfjs('predict', model, '--input', ...files, '--output-dir', folder);
  const bytes = readFileSync(join(folder, 'out0.npy'));
  return Array.from(parseNpy(new Uint8Array(bytes).buffer).values);
}
