import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../protocol/finding';
import type { Settings } from '../protocol/settings';
import { lowerText } from '../typescript';
import type { Program } from '../program';
import { fileOfUri } from './file-names';
import type { Platform } from './platform';

/** What is known of one version of a document. Each part is computed when it is first asked for, and once. */
export interface Analysis {
  /** A copy: the document of the synchronisation changes in place. */
  readonly document: TextDocument;
  readonly file: string;
  program(): Program;
  facts(): void;
  findings(settings: Settings): readonly Finding[];
}

/** The analyses of the open documents, one for each, always of the latest version. */
export class Analyses {
  private readonly latest = new Map<string, Analysis>();

  constructor(private readonly platform: Platform, private readonly find: (uri: string) => TextDocument | undefined, private readonly all: () => readonly TextDocument[]) {}

  setFolders(uris: readonly string[]): void { void uris; void this.platform; void this.all; }

  filesChanged(): void { this.latest.clear(); }

  /** The analysis of the document as it is now; undefined when it is not open. */
  of(uri: string): Analysis | undefined {
    const document = this.find(uri);
    if (!document) return undefined;
    const known = this.latest.get(uri);
    if (known?.document.version === document.version) return known;
    const analysis = analyse(TextDocument.create(uri, document.languageId, document.version, document.getText()));
    this.latest.set(uri, analysis);
    return analysis;
  }

  forget(uri: string): void {
    this.latest.delete(uri);
  }
}

function analyse(document: TextDocument): Analysis {
  const file = fileOfUri(document.uri);
  let program: Program | undefined;
  return {
    document, file,
    program: () => program ??= lowerText(file, document.getText()),
    facts: () => undefined,
    findings: () => [],
  };
}
