// A VS Code with the extension installed, and a browser to look at it.

import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.hover.above': false,
  'editor.scrollBeyondLastLine': false,
  'editor.fontFamily': 'DejaVu Sans Mono',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'security.workspace.trust.enabled': false,
};

const BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it on a free port of this machine, with a copy of `site` to work on. `configure()` changes settings of the
 * user, for pages opened from then on; `stop()` ends it and removes all. */
export async function start({ installed, vsix, site }) {
  const home = mkdtempSync(join(tmpdir(), 'cachelint-vscode-'));
  const workspace = join(home, 'bakery');
  cpSync(site, workspace, { recursive: true });
  mkdirSync(join(home, 'data/User'), { recursive: true });
  const configure = (changes) => writeFileSync(join(home, 'data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...changes }));
  configure({});
  const code = join(installed, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const folders = ['--server-data-dir', join(home, 'server'), '--extensions-dir', join(home, 'extensions')];
  const installation = spawnSync(process.execPath, [code, ...folders, '--install-extension', vsix, '--force'], { encoding: 'utf8' });
  if (installation.status !== 0) throw new Error(installation.stdout + installation.stderr);
  const port = await freePort();
  const options = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  options.push('--accept-server-license-terms', '--disable-telemetry');
  options.push('--enable-smoke-test-driver', '--user-data-dir', join(home, 'data'), ...folders);
  // Rules' documentation goes to the cache folder of whoever runs the server.
  const env = { ...process.env, XDG_CACHE_HOME: join(home, 'cache') };
  const server = spawn(process.execPath, [code, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).includes('agent host') || String(text).includes('listening') ? resolve() : undefined);
    server.once('exit', (status) => reject(new Error(`VS Code ended: ${status}`)));
  });
  const { chromium } = createRequire(join(installed, 'x'))('playwright-core');
  const browser = await chromium.launchPersistentContext(join(home, 'browser'), {
    executablePath: '/usr/bin/chromium',
    headless: true,
    viewport: { width: 940, height: 460 },
    args: BROWSER,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return {
    home,
    workspace,
    configure,
    browser,
    extension: globSync(join(home, 'extensions/cachelint.cachelint-*'))[0],
    address: (query) => `http://127.0.0.1:${port}/?${query}`,
    remote: `vscode-remote://127.0.0.1:${port}`,
    async stop() {
      await browser.close();
      server.removeAllListeners('exit');
      server.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
