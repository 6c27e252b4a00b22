// Runs in the extension host of a workspace of several folders, each with a configuration of its own.

const assert = require('node:assert/strict');
const { writeFileSync } = require('node:fs');
const vscode = require('vscode');

const { at, findings, open, run, until } = require('./host.cjs');

const { Error, Warning, Information, Hint } = vscode.DiagnosticSeverity;

/** Opens a folder's template, and waits until its one finding has that severity, or there is none. */
async function isShown(folder, severity) {
  const template = `../${folder}/templates/base.html`;
  await open(template);
  const severities = () => findings(template).map((finding) => finding.severity).join();
  await until(() => severities() === String(severity ?? ''), () => `${template} has ${severity}; it has ${severities()}`);
}

const checks = {
  async 'each folder has its own configuration'() {
    await isShown('north', Error);
    await isShown('south', undefined);
    await isShown('north', Error);
  },

  async 'each folder has its own settings'() {
    await isShown('east', Hint);
  },

  async 'a configuration that changes holds in its folder'() {
    writeFileSync(at('../south/cachelint.toml').fsPath, '');
    await isShown('south', Warning);
    await isShown('east', Hint);
  },

  async 'a folder that is added has its own settings'() {
    assert(vscode.workspace.updateWorkspaceFolders(3, 0, { uri: at('../west') }));
    await isShown('west', Information);
  },
};

exports.run = async () => {
  const opened = until(() => vscode.workspace.workspaceFolders?.length === 3, 'the workspace is open');
  await opened.catch((error) => {
    console.log('no folders');
    throw error;
  });
  await run(checks);
};
