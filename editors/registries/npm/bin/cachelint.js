#!/usr/bin/env node
// Runs the binary of the package for this platform, which npm installed as an optional dependency.
'use strict';

const { spawn } = require('node:child_process');

/** The packages that may hold the binary here: which C library a Linux has is told by its report. */
function candidates() {
  const { platform, arch } = process;
  if (platform !== 'linux') return [`@cachelint/${platform}-${arch}`];
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  return isGlibc ? [`@cachelint/linux-${arch}`, `@cachelint/alpine-${arch}`] : [`@cachelint/alpine-${arch}`];
}

function binary() {
  const name = process.platform === 'win32' ? 'cachelint.exe' : 'cachelint';
  for (const candidate of candidates()) {
    try {
      return require.resolve(`${candidate}/${name}`);
    } catch {
      // The next one.
    }
  }
  console.error(`cachelint: ${candidates()[0]} is not installed; was npm told to leave out optional dependencies?`);
  process.exit(2);
}

const child = spawn(binary(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
