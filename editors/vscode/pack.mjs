// Makes a VSIX: `pack.mjs OUT` the universal one, `pack.mjs OUT TARGET BINARY` one that brings the server along.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const [out, target, binary] = process.argv.slice(2);
rmSync(join(here, 'bin'), { recursive: true, force: true });
if (binary !== undefined) {
  const name = join(here, 'bin', target.startsWith('win32') ? 'cachelint.exe' : 'cachelint');
  mkdirSync(join(here, 'bin'));
  copyFileSync(binary, name);
  chmodSync(name, 0o755);
}
const options = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
if (target !== undefined) options.push('--target', target);
const { status } = spawnSync('npx', ['vsce', 'package', ...options, '--out', out], {
  cwd: here,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
