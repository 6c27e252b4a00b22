// Runs in the extension host: what the extension and the server do, asked through VS Code's own interface.

const assert = require('node:assert/strict');
const { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');

const { at, findings, found, open, run, set, until } = require('./host.cjs');

/** Replaces the text of a document. */
async function write(document, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert(await vscode.workspace.applyEdit(edit));
}

/** The quick fixes of a range. None, where another extension registered code actions meanwhile: VS Code then gives up what it
 * asked, also on saving. */
async function quickFixes(document, range) {
  const kind = vscode.CodeActionKind.QuickFix.value;
  try {
    return await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind);
  } catch (error) {
    if (error.name === 'Canceled') return [];
    throw error;
  }
}

/** The process ids of the servers that this extension host started. */
function servers() {
  const named = (id) => {
    try {
      const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8'));
      const [state, parent] = rest.split(' ');
      return name === 'cachelint' && state !== 'Z' && Number(parent) === process.pid;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && named(id)).map(Number);
}

const checks = {
  async 'findings are shown, with their rule as code'() {
    await open('templates/order.html');
    await found('templates/order.html', 'stale-version', 'unversioned-reference');
    const stale = findings('templates/order.html').find(({ code }) => code === 'stale-version');
    assert.match(stale.message, /^\?v=0badc0de is out of date: css\/order\.css is now [0-9a-f]{8}$/);
    assert.equal(stale.severity, vscode.DiagnosticSeverity.Error);
  },

  async 'a template that VS Code takes for plain text is checked too'() {
    assert.equal((await open('templates/receipt.j2')).languageId, 'plaintext');
    await found('templates/receipt.j2', 'mixed-versions');
  },

  async 'a hover tells the digest'() {
    const document = await open('templates/order.html');
    const place = document.positionAt(document.getText().indexOf('basket.js'));
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, place);
    const text = hovers.flatMap(({ contents }) => contents.map((content) => content.value)).join('\n');
    assert.match(text, /\*\*js\/basket\.js\*\*.*no version in the URL[^]*File now [0-9a-f]{8}/);
  },

  async 'a code action is applied, and its finding is gone'() {
    const document = await open('templates/order.html');
    const [finding] = findings('templates/order.html').filter(({ code }) => code === 'unversioned-reference');
    const fix = await until(async () => (await quickFixes(document, finding.range)).find(({ isPreferred }) => isPreferred), 'a fix is offered');
    assert.match(fix.title, /^Add \?v=[0-9a-f]{8}$/);
    assert(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /basket\.js\?v=[0-9a-f]{8}"/);
    await found('templates/order.html', 'stale-version');
  },

  async 'everything safe is fixed on save where the settings say so'() {
    await set('editor.codeActionsOnSave', { 'source.fixAll.cachelint': 'explicit' });
    const document = await open('templates/order.html');
    const saved = async () => {
      if (!document.isDirty) await write(document, `${document.getText()}\n`);
      await document.save();
      return readFileSync(document.uri.fsPath, 'utf8');
    };
    await until(async () => /order\.css\?v=(?!0badc0de)[0-9a-f]{8}"/.test(await saved()), 'the version is written');
    await found('templates/order.html');
    await set('editor.codeActionsOnSave', undefined);
  },

  async 'the whole workspace is fixed by a command'() {
    const document = await open('templates/receipt.j2');
    await vscode.commands.executeCommand('cachelint.fixWorkspace');
    await until(() => /order\.css\?v=[0-9a-f]{8}/.test(document.getText()), 'the template is fixed');
    await vscode.workspace.saveAll();
    await found('templates/receipt.j2');
  },

  async 'a renamed asset is renamed where it is named'() {
    const document = await open('templates/receipt.j2');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(at('static/css/order.css'), at('static/css/basket.css'));
    assert(await vscode.workspace.applyEdit(edit));
    await until(() => /\/static\/css\/basket\.css\?v=/.test(document.getText()), 'the template follows');
    await vscode.workspace.saveAll();
    await found('templates/receipt.j2');
  },

  async 'settings hold as soon as they are changed'() {
    const { uri } = await open('templates/receipt.j2');
    const counts = async () => {
      const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
      return lenses.map(({ command }) => command?.title).join();
    };
    assert.equal(await counts(), '');
    await set('cachelint.codeLens', true);
    await until(async () => (await counts()) === '1 asset', 'a lens counts the assets');
    await set('cachelint.codeLens', undefined);
    await until(async () => (await counts()) === '', 'the lens is gone');
  },

  async 'the level of a rule is set, and the project says otherwise'() {
    for (const name of ['js/till.js', 'css/till.css']) writeFileSync(at(`static/${name}`).fsPath, '');
    await set('cachelint.levels', { 'unversioned-reference': 'off' });
    const document = await open('templates/receipt.j2');
    const before = document.getText();
    await write(document, '<script src="/static/js/till.js"></script>\n<link rel="stylesheet" href="/static/css/till.css?v=0badc0de">\n');
    await found('templates/receipt.j2', 'stale-version');
    await set('cachelint.levels', { 'stale-version': 'off' });
    await found('templates/receipt.j2', 'unversioned-reference');
    writeFileSync(at('cachelint.toml').fsPath, '[levels]\nstale-version = "hint"\n');
    await found('templates/receipt.j2', 'stale-version', 'unversioned-reference');
    rmSync(at('cachelint.toml').fsPath);
    await found('templates/receipt.j2', 'unversioned-reference');
    await set('cachelint.levels', undefined);
    await write(document, before);
    await found('templates/receipt.j2');
  },

  async 'a glob makes templates of files with any name'() {
    writeFileSync(at('templates/menu.tpl').fsPath, '<script src="/static/js/till.js"></script>\n');
    await open('templates/menu.tpl');
    await found('templates/menu.tpl');
    await set('cachelint.templates', ['*.tpl']);
    await found('templates/menu.tpl', 'unversioned-reference');
    await set('cachelint.templates', undefined);
    await found('templates/menu.tpl');
    rmSync(at('templates/menu.tpl').fsPath);
  },

  async 'the versioned URL of the reference at the cursor is copied'() {
    const document = await open('templates/receipt.j2');
    const place = document.positionAt(document.getText().indexOf('basket.css'));
    vscode.window.activeTextEditor.selection = new vscode.Selection(place, place);
    // A browser that is busy may keep a page from its clipboard, and VS Code does not tell.
    const copied = async () => {
      await vscode.commands.executeCommand('cachelint.copyVersionedUrl');
      return /^\/static\/css\/basket\.css\?v=[0-9a-f]{8}$/.test(await vscode.env.clipboard.readText());
    };
    await until(copied, 'the URL is in the clipboard');
  },

  async 'a rule is explained in a preview of its documentation'() {
    await vscode.commands.executeCommand('cachelint.explainRule', 'stale-version');
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    await until(() => tabs().some((label) => /stale-version\.md/.test(label)), 'the preview is open');
  },

  async 'a configuration is created and opened'() {
    await vscode.commands.executeCommand('cachelint.createConfiguration');
    assert(existsSync(at('cachelint.toml').fsPath));
    assert.equal(vscode.window.activeTextEditor.document.fileName, at('cachelint.toml').fsPath);
  },

  async 'a server that crashed is started again and goes on'() {
    const document = await open('templates/receipt.j2');
    const [first, ...others] = servers();
    assert.deepEqual(others, []);
    process.kill(first, 'SIGKILL');
    await until(() => servers().length === 1 && servers()[0] !== first, 'another server runs');
    await write(document, '<script src="/static/js/till.js"></script>\n');
    await found('templates/receipt.j2', 'unversioned-reference');
  },

  async 'the server is restarted by a command'() {
    const [first] = servers();
    await vscode.commands.executeCommand('cachelint.restartServer');
    const [second, ...others] = servers();
    assert(second !== undefined && second !== first && others.length === 0);
    await found('templates/receipt.j2', 'unversioned-reference');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  },
};

exports.run = () => run(checks);
