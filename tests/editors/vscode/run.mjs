// Tests the extension in a real VS Code, within its extension host and through its user interface:
// run.mjs INSTALLED VSIX PICTURES.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { start } from './code.mjs';
import { drive } from './interface.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [installed, vsix, pictures] = process.argv.slice(2);
let passed = 0;
let failed = 0;

/** Prints what came of one check, and counts it. */
function report(line) {
  console.log(line);
  if (line.startsWith('ok ')) passed += 1;
  if (line.startsWith('FAILED ')) failed += 1;
}

/** Runs the suite in the extension host of a window of its own. */
async function runSuite(code) {
  const page = await code.browser.newPage();
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (_, [first]) => {
    if (/^(ok|FAILED) /.test(String(first))) report(String(first));
  });
  const payload = [
    ['extensionDevelopmentPath', code.remote + code.extension],
    ['extensionTestsPath', code.remote + join(here, 'suite.cjs')],
  ];
  await page.goto(`${code.address}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const patience = new Promise((resolve) => setTimeout(resolve, 180_000, 'no end').unref());
  const status = await Promise.race([ended, patience]);
  if (status !== 0 && failed === 0) report(`FAILED the suite in the extension host: ${status}`);
  await page.close();
}

const code = await start({ installed, vsix, site: join(here, '../site') });
try {
  await drive(code, pictures, report);
  await runSuite(code);
} catch (error) {
  report(`FAILED ${error.stack}`);
} finally {
  await code.stop();
}
console.log(`test result: ${failed === 0 ? 'ok' : 'FAILED'}. ${passed} passed; ${failed} failed; 0 ignored`);
process.exit(failed === 0 ? 0 : 1);
