// The extension: starts the server, shows how it is, and offers its commands. All else is the server's.

import * as vscode from 'vscode';

import { registerCommands } from './commands';
import { Server } from './server';
import { showStatus } from './status';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('cachelint', { log: true });
  server = new Server(context.extensionUri, output);
  context.subscriptions.push(output, server, showStatus(server), ...registerCommands(server, output));
  const restart = (): void => void server?.restart();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Which files are sent to the server is settled when it starts.
      if (['cachelint.path', 'cachelint.templates'].some((name) => change.affectsConfiguration(name))) restart();
    }),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
