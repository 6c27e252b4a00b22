// What the suites of the extension host share: places, waiting, findings, running.

const vscode = require('vscode');

/** A path from the first folder of the workspace. */
const at = (path) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path);
const settings = () => vscode.workspace.getConfiguration();
const set = (key, value) => settings().update(key, value, vscode.ConfigurationTarget.Workspace);

/** Waits until `ask` answers with something, and answers that; `what` says what never happened. */
async function until(ask, what) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never: ${typeof what === 'function' ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function open(path) {
  const document = await vscode.workspace.openTextDocument(at(path));
  await vscode.window.showTextDocument(document);
  return document;
}

const findings = (path) => vscode.languages.getDiagnostics(at(path)).filter(({ source }) => source === 'cachelint');
const rules = (path) => findings(path).map(({ code }) => code).sort();
const found = (path, ...expected) =>
  until(() => JSON.stringify(rules(path)) === JSON.stringify(expected.sort()), () => `${path} has ${expected}; it has ${rules(path)}`);

/** Runs checks in turn, and tells what came of each. */
async function run(checks) {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok     ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED ${name}: ${error.stack}`);
    }
  }
  if (failed > 0) throw new Error(`${failed} failed`);
}

module.exports = { at, findings, found, open, run, set, until };
