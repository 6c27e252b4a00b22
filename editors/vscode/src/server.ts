// The server's life: found, started, restarted, stopped.

import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, State } from 'vscode-languageclient/node';
import type { ErrorHandler, LanguageClientOptions, Middleware } from 'vscode-languageclient/node';

import { findServer } from './find';

/** The languages of templates and of what they name, as VS Code and its extensions call them. */
const LANGUAGES = [
  'html',
  'jinja',
  'jinja-html',
  'jinja2',
  'django-html',
  'htmldjango',
  'nunjucks',
  'twig',
  'tera',
  'liquid',
  'css',
  'javascript',
];

/** Templates whatever language they are given: without an extension for them VS Code takes them for plain text. */
const TEMPLATES = '**/*.{jinja,jinja2,j2,djhtml,njk,twig,tera,liquid}';

/** How the server is. */
export type Health = { is: 'starting' } | { is: 'running'; version: string } | { is: 'stopped'; why: string };

/** The one server of this window. */
export class Server implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Health>();
  readonly onDidChangeHealth = this.#changed.event;
  health: Health = { is: 'stopped', why: 'not started yet' };
  /** The binary that runs. */
  path: string | undefined;
  #client: LanguageClient | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** The client, while the server runs. */
  get client(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  /** Stops the server if it runs, and starts the one that is found now. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Starts and stops never overlap. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.output.error(String(error));
    });
    return this.#turn;
  }

  async #start(): Promise<void> {
    this.#become({ is: 'starting' });
    try {
      const { path, version } = await findServer(this.extension);
      this.output.info(`${path} is cachelint ${version}`);
      this.path = path;
      const options = clientOptions(this.output);
      this.#client = new LanguageClient('cachelint', 'cachelint', { command: path, args: ['server'] }, options);
      this.#client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.#become({ is: 'running', version });
        if (newState === State.Starting) this.#become({ is: 'starting' });
        if (newState === State.Stopped) this.#become({ is: 'stopped', why: 'the server stopped' });
      });
      await this.#client.start();
    } catch (error) {
      this.path = undefined;
      const why = error instanceof Error ? error.message : String(error);
      this.output.error(why);
      this.#become({ is: 'stopped', why });
      void this.#offerInstructions(why);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  #become(health: Health): void {
    this.health = health;
    void vscode.commands.executeCommand('setContext', 'cachelint.isRunning', health.is === 'running');
    this.#changed.fire(health);
  }

  async #offerInstructions(why: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(`cachelint: ${why}`, 'How to Install', 'Show Output');
    if (choice === 'How to Install') {
      const instructions = vscode.Uri.joinPath(this.extension, 'INSTALL.md');
      await vscode.commands.executeCommand('markdown.showPreview', instructions);
    } else if (choice === 'Show Output') {
      this.output.show();
    }
  }
}

function clientOptions(output: vscode.LogOutputChannel): LanguageClientOptions {
  const languages = ['file', 'untitled'].flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));
  return {
    documentSelector: [...languages, ...[TEMPLATES, ...configuredTemplates()].map((pattern) => ({ scheme: 'file', pattern }))],
    initializationOptions: vscode.workspace.getConfiguration('cachelint'),
    outputChannel: output,
    traceOutputChannel: output,
    middleware: MIDDLEWARE,
    errorHandler: errorHandler(),
  };
}

/** Globs of `cachelint.templates`, from any folder: the server knows better where each of them starts. */
function configuredTemplates(): string[] {
  const scopes = vscode.workspace.workspaceFolders ?? [undefined];
  const settings = scopes.map((scope) => vscode.workspace.getConfiguration('cachelint', scope).get<unknown>('templates'));
  const globs = settings.flat().filter((glob) => typeof glob === 'string');
  return globs.map((glob) => `**/${glob.replace(/^\//, '')}`);
}

/** A server that ended is started again, unless it ended five times within three minutes. */
function errorHandler(): ErrorHandler {
  const ends: number[] = [];
  return {
    // A message that can't be written: the end of the server is told next.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      ends.push(Date.now());
      const [first, ...later] = ends.slice(-5);
      const isOften = first !== undefined && later.length === 4 && Date.now() - first < 180_000;
      return isOften
        ? { action: CloseAction.DoNotRestart, message: 'cachelint crashed five times within three minutes and stays off' }
        : { action: CloseAction.Restart, handled: true };
    },
  };
}

/** The server's commands that answer with a text for the clipboard. */
const COPIES = ['cachelint.copyHash', 'cachelint.copyUrl'];

/** What an editor does better than the server can: its clipboard, and its view of Markdown. */
const MIDDLEWARE: Middleware = {
  async executeCommand(command, parameters: unknown[], next) {
    const result: unknown = await next(command, parameters);
    if (COPIES.includes(command) && typeof result === 'string') {
      await vscode.env.clipboard.writeText(result);
    }
    return result;
  },
  window: {
    async showDocument(parameters) {
      const uri = vscode.Uri.parse(parameters.uri);
      await vscode.commands.executeCommand(uri.path.endsWith('.md') ? 'markdown.showPreview' : 'vscode.open', uri);
      return { success: true };
    },
  },
};
