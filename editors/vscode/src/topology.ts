// Shows the picture of the workspace next to the code. The server draws it.

import * as path from "node:path";
import * as vscode from "vscode";
import { type ExecuteCommandParams, ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** What the server answers. */
interface Page {
  html: string;
  /** The directory to which the paths in the page are relative. */
  base: string;
  /** The index of the service at the position, if there is one. */
  service: number | null;
}

/** The time in milliseconds after an edit until the picture is drawn again. */
const DELAY = 300;

export class Topology implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private base = "";
  private timer: NodeJS.Timeout | undefined;
  private readonly edits: vscode.Disposable;

  /** `client` is the running language client, if there is one. */
  constructor(private readonly client: () => LanguageClient | undefined) {
    this.edits = vscode.workspace.onDidChangeTextDocument(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.refresh(), DELAY);
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.edits.dispose();
    this.panel?.dispose();
  }

  /** Shows the service at a position, which is that of a code lens or of the cursor. */
  async show(position?: object): Promise<void> {
    const page = await this.page(position ?? cursor());
    if (page === undefined) {
      return;
    }
    this.base = page.base;
    if (this.panel === undefined) {
      this.panel = this.open();
      this.panel.webview.html = page.html;
    } else {
      this.panel.reveal(undefined, true);
      void this.panel.webview.postMessage({ html: page.html });
    }
    if (page.service !== null) {
      void this.panel.webview.postMessage({ service: page.service });
    }
  }

  private open(): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("ecslint.topology", "ECS topology", column, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
      retainContextWhenHidden: true,
    });
    panel.onDidDispose(() => (this.panel = undefined));
    panel.webview.onDidReceiveMessage((place: { path: string; line: number }) => void this.reveal(place));
    return panel;
  }

  /** Draws the picture again after an edit. */
  private async refresh(): Promise<void> {
    if (this.panel?.visible !== true) {
      return;
    }
    const page = await this.page();
    if (page !== undefined) {
      void this.panel?.webview.postMessage({ html: page.html });
    }
  }

  private async page(position?: object): Promise<Page | undefined> {
    const params: ExecuteCommandParams = { command: "ecslint.graph", arguments: position === undefined ? [] : [position] };
    return (await this.client()?.sendRequest(ExecuteCommandRequest.type, params)) as Page | undefined;
  }

  /** Shows a line of a file. */
  private async reveal(place: { path: string; line: number }): Promise<void> {
    const file = vscode.Uri.file(path.resolve(this.base, place.path));
    const line = new vscode.Range(place.line - 1, 0, place.line - 1, 0);
    await vscode.window.showTextDocument(file, { selection: line, viewColumn: vscode.ViewColumn.One });
  }
}

/** The position of the cursor, in the form of the protocol. */
function cursor(): object | undefined {
  const editor = vscode.window.activeTextEditor;
  const { line, character } = editor?.selection.active ?? { line: 0, character: 0 };
  return editor === undefined ? undefined : { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } };
}
