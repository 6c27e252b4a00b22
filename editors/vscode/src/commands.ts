// The commands of the palette that are not the server's own.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { CodeActionRequest } from 'vscode-languageclient/node';

import type { Server } from './server';

/** Registers them. `checkWorkspace`, `fixWorkspace` and what code actions name are registered by the client. */
export function registerCommands(server: Server, output: vscode.LogOutputChannel): vscode.Disposable[] {
  const register = (name: string, run: () => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`cachelint.${name}`, async () => {
      try {
        await run();
      } catch (error) {
        void vscode.window.showErrorMessage(`cachelint: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  return [
    register('restartServer', () => server.restart()),
    register('showOutput', () => {
      output.show();
      return Promise.resolve();
    }),
    register('explain', () => explain(server)),
    register('copyVersionedUrl', () => copyVersionedUrl(server)),
    register('createConfiguration', () => createConfiguration(server)),
  ];
}

/** Asks for a rule, those found at the cursor first, and opens its documentation. */
async function explain(server: Server): Promise<void> {
  const rule = await vscode.window.showQuickPick(listed(server), { placeHolder: 'A rule', matchOnDetail: true });
  if (rule !== undefined) await vscode.commands.executeCommand('cachelint.explainRule', rule.label);
}

async function listed(server: Server): Promise<vscode.QuickPickItem[]> {
  const here = new Set(atCursor().map((diagnostic) => diagnostic.code));
  const rules = (await run(server, ['rules'])).trimEnd().split('\n');
  const items = rules.map((line) => {
    const [label = '', description = '', ...rest] = line.split(/\s{2,}/);
    return { label, description, detail: rest.at(-1) ?? '' };
  });
  return items.sort((one, other) => Number(here.has(other.label)) - Number(here.has(one.label)));
}

function atCursor(): vscode.Diagnostic[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const all = vscode.languages.getDiagnostics(editor.document.uri);
  return all.filter(({ source, range }) => source === 'cachelint' && range.contains(editor.selection.active));
}

/** Writes a commented `cachelint.toml` into a folder of the workspace, and opens it. */
async function createConfiguration(server: Server): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (folder === undefined) return;
  const file = vscode.Uri.joinPath(folder.uri, 'cachelint.toml');
  await run(server, ['init'], folder.uri.fsPath);
  await vscode.window.showTextDocument(file);
}

/** Runs a command of the server's binary and answers what it prints. */
async function run(server: Server, command: string[], folder?: string): Promise<string> {
  if (server.path === undefined) throw new Error('the server does not run');
  try {
    return (await promisify(execFile)(server.path, command, { cwd: folder })).stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw said === '' ? error : new Error(said.replace(/^error: /, ''), { cause: error });
  }
}

/** Copies the URL of the reference at the cursor, with the version of its file. */
async function copyVersionedUrl(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const client = server.client;
  if (editor === undefined || client === undefined) throw new Error('no template is open');
  const actions = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
    range: client.code2ProtocolConverter.asRange(editor.selection),
    context: { diagnostics: [], only: ['source.cachelint'] },
  });
  const commands = (actions ?? []).map((action) => (typeof action.command === 'object' ? action.command : undefined));
  const copy = commands.find((command) => command?.command === 'cachelint.copyUrl');
  if (copy === undefined) throw new Error('no static reference at the cursor');
  await vscode.commands.executeCommand(copy.command, ...((copy.arguments ?? []) as unknown[]));
}
