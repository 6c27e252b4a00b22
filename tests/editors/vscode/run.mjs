// Tests the extension in a real VS Code, within its extension host and through its user interface:
// run.mjs INSTALLED VSIX PICTURES.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { start } from './code.mjs';
import { drive } from './interface.mjs';
import { distrust } from './trust.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const site = join(here, '../site');
const [installed, vsix, pictures] = process.argv.slice(2);
let passed = 0;
let failed = 0;

/** Prints what came of one check, and counts it. */
function report(line) {
  console.log(line);
  if (line.startsWith('ok ')) passed += 1;
  if (line.startsWith('FAILED ')) failed += 1;
}

/** Runs a suite in the extension host of a window of its own, with what the query names open. Answers whether it ran: with
 * `mayRepeat`, one that is told of no folders did not, and nothing is reported. */
async function runSuite(code, suite, query, mayRepeat = false) {
  let hasFolders = true;
  const page = await code.browser.newPage();
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (_, [first]) => {
    if (/^(ok|FAILED) /.test(String(first))) report(String(first));
    if (first === 'no folders') hasFolders = false;
  });
  const payload = [
    ['extensionDevelopmentPath', code.remote + code.extension],
    ['extensionTestsPath', code.remote + join(here, suite)],
  ];
  await page.goto(code.address(`${query}&payload=${encodeURIComponent(JSON.stringify(payload))}`));
  const patience = new Promise((resolve) => setTimeout(resolve, 180_000, 'no end').unref());
  const status = await Promise.race([ended, patience]);
  await page.close();
  if (!hasFolders && mayRepeat) return false;
  if (status !== 0 && failed === 0) report(`FAILED ${suite} in the extension host: ${status}`);
  return true;
}

/** Lays out a workspace of several folders, each a copy of the site with a file of its own; answers its file. */
function layOut(home) {
  const folders = {
    north: ['cachelint.toml', '[levels]\nunversioned-reference = "error"\n'],
    south: ['cachelint.toml', '[levels]\nunversioned-reference = "off"\n'],
    east: ['.vscode/settings.json', '{ "cachelint.levels": { "unversioned-reference": "hint" } }\n'],
    west: ['.vscode/settings.json', '{ "cachelint.levels": { "unversioned-reference": "info" } }\n'],
  };
  for (const [name, [file, text]] of Object.entries(folders)) {
    cpSync(site, join(home, name), { recursive: true });
    mkdirSync(join(home, name, '.vscode'));
    writeFileSync(join(home, name, file), text);
  }
  const workspace = join(home, 'shops.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: ['north', 'south', 'east'].map((path) => ({ path })) }));
  return workspace;
}

let code;
try {
  // First: where other windows were open before, VS Code tells the suite of no folders. Now and then it does so to the
  // first window, too; then another VS Code is started.
  for (let more = 2, hasRun = false; !hasRun; more -= 1) {
    await code?.stop();
    code = await start({ installed, vsix, site });
    hasRun = await runSuite(code, 'folders.cjs', `workspace=${layOut(code.home)}`, more > 0);
  }
  await drive(code, pictures, report);
  await runSuite(code, 'suite.cjs', `folder=${code.workspace}`);
  await distrust(code, site, report);
} catch (error) {
  report(`FAILED ${error.stack}`);
} finally {
  await code?.stop();
}
console.log(`test result: ${failed === 0 ? 'ok' : 'FAILED'}. ${passed} passed; ${failed} failed; 0 ignored`);
process.exit(failed === 0 ? 0 : 1);
