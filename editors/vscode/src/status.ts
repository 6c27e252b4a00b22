// The status bar item: how the server is, and how much it found.

import * as vscode from 'vscode';

import type { Health, Server } from './server';

/** Shows it until it is disposed of. A click opens the list of findings, or the output where the server stopped. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('cachelint.status', vscode.StatusBarAlignment.Left);
  item.name = 'cachelint';
  const update = (): void => {
    Object.assign(item, look(server.health));
  };
  update();
  item.show();
  return vscode.Disposable.from(
    item,
    server.onDidChangeHealth(update),
    vscode.languages.onDidChangeDiagnostics(update),
  );
}

type Look = Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'command' | 'backgroundColor'>;

function look(health: Health): Look {
  if (health.is === 'starting') {
    return { text: '$(sync~spin) cachelint', tooltip: 'cachelint is starting', command: 'cachelint.showOutput', backgroundColor: undefined };
  }
  if (health.is === 'stopped') {
    const backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    return { text: '$(warning) cachelint', tooltip: `cachelint: ${health.why}`, command: 'cachelint.showOutput', backgroundColor };
  }
  const count = findings();
  const found = count === 1 ? '1 finding' : `${String(count)} findings`;
  return {
    text: count === 0 ? '$(check) cachelint' : `$(link) cachelint ${String(count)}`,
    tooltip: `cachelint ${health.version}: ${count === 0 ? 'nothing to report' : found}`,
    command: 'workbench.actions.view.problems',
    backgroundColor: undefined,
  };
}

function findings(): number {
  const all = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics);
  return all.filter((diagnostic) => diagnostic.source === 'cachelint').length;
}
