// A workspace that is not trusted: nothing of it is run, whatever its settings and its virtual environment say.

import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { open, SQUIGGLE, until } from './interface.mjs';

/** Opens a copy of `site` that brings programs of its own: first without trust, then with it. */
export async function distrust(code, site, report) {
  const workspace = join(code.home, 'stranger');
  cpSync(site, workspace, { recursive: true });
  const programs = ['.venv/bin/cachelint', 'tools/cachelint'].map((name) => plant(code, workspace, name));
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify({ 'cachelint.path': programs[1].path }));
  code.configure({ 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' });
  const page = await code.browser.newPage();
  await page.goto(code.address(`folder=${workspace}`));
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await open(page, 'base.html');

  await page.locator(SQUIGGLE).first().waitFor({ timeout: 60_000 });
  const ran = programs.filter(({ trace }) => existsSync(trace));
  report(ran.length === 0 ? 'ok     without trust the template is checked, and no program of the workspace is run' : `FAILED without trust these ran: ${ran.map(({ path }) => path)}`);

  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).click();
  await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await until(() => existsSync(programs[1].trace), 'with trust the program of cachelint.path is run');
  report('ok     with trust the program that the workspace names is run');
  await page.close();
}

/** A program that leaves a trace when it is run, and then is the server. */
function plant(code, workspace, name) {
  const [path, trace] = [join(workspace, name), join(workspace, `${name}.ran`)];
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\ntouch '${trace}'\nexec '${join(code.extension, 'bin/cachelint')}' "$@"\n`);
  chmodSync(path, 0o755);
  return { path, trace };
}
