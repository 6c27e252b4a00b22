// Which server is run: that of the setting, of this extension, of the workspace's virtual environment, or of the PATH.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

/** The oldest server that understands this extension. */
const OLDEST = [0, 1, 0] as const;

const BINARY = process.platform === 'win32' ? 'cachelint.exe' : 'cachelint';

/** A server that can be run. */
export interface Found {
  /** Its path, or its name on the PATH. */
  path: string;
  /** Its version: `0.1.0`. */
  version: string;
}

/** Finds the server. Throws an `Error` that says in one sentence why there is none. */
export async function findServer(extension: vscode.Uri): Promise<Found> {
  const configured = vscode.workspace.getConfiguration('cachelint').get<string>('path', '');
  if (configured !== '') {
    const found = await ask(configured);
    if (found === undefined) throw new Error(`cachelint.path is ${configured}, which does not run`);
    if (isOld(found)) throw new Error(tooOld(found));
    return found;
  }
  let old: Found | undefined;
  for (const path of candidates(extension)) {
    const found = await ask(path);
    if (found !== undefined && !isOld(found)) return found;
    old ??= found;
  }
  throw new Error(old === undefined ? 'cachelint is not installed' : tooOld(old));
}

/** Where a server may be, the best first. A workspace that is not trusted is not looked into: it may bring any program. */
function candidates(extension: vscode.Uri): string[] {
  const bundled = join(extension.fsPath, 'bin', BINARY);
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const programs = process.platform === 'win32' ? 'Scripts' : 'bin';
  const environments = folders.flatMap((folder) =>
    ['.venv', 'venv', 'env'].map((name) => join(folder.uri.fsPath, name, programs, BINARY)),
  );
  return [...[bundled, ...environments].filter((path) => existsSync(path)), 'cachelint'];
}

/** Asks a binary for its version; `undefined` where it does not run or is another program. */
async function ask(path: string): Promise<Found | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
    const version = /^cachelint (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { path, version };
  } catch {
    return undefined;
  }
}

function isOld({ version }: Found): boolean {
  const numbers = version.split('.').map(Number);
  const differing = OLDEST.findIndex((least, place) => numbers[place] !== least);
  return differing >= 0 && (numbers[differing] ?? 0) < (OLDEST[differing] ?? 0);
}

function tooOld({ path, version }: Found): string {
  return `${path} is cachelint ${version}; this extension needs ${OLDEST.join('.')} or newer`;
}
