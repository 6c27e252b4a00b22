// Makes npm packages: `build.mjs OUT` the one people install, `build.mjs OUT PLATFORM BINARY` the one for a platform.
// Their version is that of Cargo.toml.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The platforms as npm names them; `alpine` is Linux with musl. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'alpine-x64', 'alpine-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');
const version = /^version = "(.*)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
const [out, platform, binary] = process.argv.slice(2);

const common = {
  version,
  description: 'Finds stale CSS and JavaScript: static references whose URL does not change when the file does',
  license: 'MIT OR Apache-2.0',
};
mkdirSync(out, { recursive: true });
for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) copyFileSync(join(root, name), join(out, name));
if (platform === undefined) {
  cpSync(join(here, 'bin'), join(out, 'bin'), { recursive: true });
  copyFileSync(join(root, 'README.md'), join(out, 'README.md'));
  const optionalDependencies = Object.fromEntries(PLATFORMS.map((name) => [`@cachelint/${name}`, version]));
  write({ name: 'cachelint', ...common, bin: { cachelint: 'bin/cachelint.js' }, engines: { node: '>=18' }, optionalDependencies });
} else {
  if (!PLATFORMS.includes(platform)) throw new Error(`${platform} is none of ${PLATFORMS}`);
  const [system, cpu] = platform.split('-');
  const libc = { linux: ['glibc'], alpine: ['musl'] }[system];
  const os = system === 'alpine' ? 'linux' : system;
  const file = join(out, system === 'win32' ? 'cachelint.exe' : 'cachelint');
  copyFileSync(binary, file);
  chmodSync(file, 0o755);
  write({ name: `@cachelint/${platform}`, ...common, os: [os], cpu: [cpu], ...(libc && { libc }), preferUnplugged: true });
}

function write(manifest) {
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
