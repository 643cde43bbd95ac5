import * as vscode from 'vscode';
import { fileOf } from '../documents';

export interface Watched {
  /** Whether the last report ran this document. */
  readonly simulates: (document: vscode.TextDocument) => boolean;
  /** Whether its text is still the one that ran. */
  readonly unchanged: (document: vscode.TextDocument) => boolean;
  readonly onSaved: () => void;
  readonly onChanged: () => void;
  readonly onSelected: (file: string, start: number, end: number) => void;
  readonly onTrusted: () => void;
}

/** Milliseconds of quiet before the panel hears of typing or of a moving cursor. */
const quiet = 120;

/** What happens in the editor to the code that a panel shows. */
export function watchSimulated(watched: Watched): vscode.Disposable {
  const changed = afterQuiet(watched.onChanged);
  const selected = afterQuiet((editor: vscode.TextEditor) => {
    const { document, selection } = editor;
    watched.onSelected(fileOf(document.uri), document.offsetAt(selection.start), document.offsetAt(selection.end));
  });
  return vscode.Disposable.from(changed, selected,
    vscode.workspace.onDidSaveTextDocument(document => { if (watched.simulates(document) && !watched.unchanged(document)) watched.onSaved(); }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => { if (watched.simulates(document)) changed.call(undefined); }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (watched.simulates(textEditor.document) && watched.unchanged(textEditor.document)) selected.call(textEditor);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(watched.onTrusted));
}

function afterQuiet<T>(run: (argument: T) => void): vscode.Disposable & { call: (argument: T) => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call: argument => { clearTimeout(timer); timer = setTimeout(() => run(argument), quiet); },
    dispose: () => clearTimeout(timer),
  };
}
