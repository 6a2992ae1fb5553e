// The package as its users have it: packed by `npm pack`, its tarball installed in a fresh project.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './server.mjs';

/** Runs a program; gives what it prints, and throws what it complains of. */
export async function run(program, words, folder) {
  const environment = { ...process.env, npm_config_update_notifier: 'false' };
  const options = { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, words, options);
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (complaints += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return printed;
  throw new Error(`${program} ${words.join(' ')} ended with ${code}:\n${complaints}${printed}`);
}

async function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-project-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const project = join(folder, 'project');
  mkdirSync(project);
  const web = join(repository, 'web');
  await run('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], web);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const about = { name: 'a-project', version: '1.0.0', private: true };
  writeFileSync(join(project, 'package.json'), JSON.stringify(about));
  // It has no dependencies, so nothing has to be fetched.
  const quietly = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quietly, join(folder, tarball)], project);
  return project;
}

let made;
/** The folder of the project; made once. */
export const installedPackage = () => (made ??= makeProject());
