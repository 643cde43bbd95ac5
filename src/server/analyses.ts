import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Facts } from '../analysis/facts';
import { rangeSlices } from '../analysis/ranges';
import { hazardSlices } from '../hazards';
import type { Finding } from '../protocol/finding';
import type { FunctionDescription } from '../protocol/report';
import type { Settings } from '../protocol/settings';
import type { Program } from '../program';
import { openProject, type Project } from '../typescript';
import { fileOfUri } from './file-names';
import { Gradual } from './gradual';
import type { Platform } from './platform';

/** Milliseconds of computation after which waiting messages have their turn. */
const SLICE = 12;

/** What is known of one version of a document. Each part is computed when it is first asked for, and once. */
export interface Analysis {
  /** A copy: the document of the synchronisation changes in place. */
  readonly document: TextDocument;
  readonly file: string;
  program(): Program;
  facts(): Facts;
  /**
   * Computes everything up to the findings in slices of some milliseconds with a `pause` between them, in which other messages are answered. False when `isCurrent`
   * said no meanwhile: nobody wants them any more. Whoever asks for a part in a pause gets it at once, and the rest of it is done then.
   */
  prepare(settings: Settings, pause: () => Promise<void>, isCurrent?: () => boolean): Promise<boolean>;
  findings(settings: Settings): readonly Finding[];
  functions(): readonly FunctionDescription[];
}

/** The analyses of the open documents, one for each, always of the latest version. Folders of the workspace share nothing, so each has its own project. */
export class Analyses {
  private readonly latest = new Map<string, Analysis>();
  private projects = new Map<string, Project>();

  /** `onFailure` is told of a hazard's rule that threw: its findings are missing, those of the others are not. */
  constructor(private readonly platform: Platform, private readonly find: (uri: string) => TextDocument | undefined, private readonly all: () => readonly TextDocument[],
    private readonly onFailure: (file: string, hazard: string, error: unknown) => void = () => undefined) {}

  setFolders(uris: readonly string[]): void {
    this.projects = new Map(uris.map(fileOfUri).map(folder => [folder, this.open(folder)]));
    for (const document of this.all()) this.projectOf(fileOfUri(document.uri)).update(fileOfUri(document.uri), document.getText());
    this.latest.clear();
  }

  /** Files on disk have changed, outside of the editor; `uris` names them. */
  filesChanged(uris: readonly string[]): void {
    for (const uri of uris) { const file = fileOfUri(uri); this.projectOf(file).changed(file); }
    this.latest.clear();
  }

  /** The analysis of the document as it is now; undefined when it is not open. */
  of(uri: string): Analysis | undefined {
    const document = this.find(uri);
    if (!document) return undefined;
    const known = this.latest.get(uri);
    if (known?.document.version === document.version) return known;
    const file = fileOfUri(uri);
    const project = this.projectOf(file);
    project.update(file, document.getText());
    const analysis = analyse(TextDocument.create(uri, document.languageId, document.version, document.getText()), file, project, (hazard, error) => this.onFailure(file, hazard, error));
    this.latest.set(uri, analysis);
    return analysis;
  }

  /** Another document has changed: what was known of this one may depend on it. */
  expire(uri: string): void {
    this.latest.delete(uri);
  }

  close(uri: string): void {
    const file = fileOfUri(uri);
    this.latest.delete(uri);
    this.projectOf(file).close(file);
  }

  /** Text of a file as the editor has it, unsaved changes included; undefined when it is not open. */
  openText(file: string): string | undefined {
    return this.all().find(document => fileOfUri(document.uri) === file)?.getText();
  }

  /** The project of a file, with the latest text of every open document in it. */
  project(file: string): Project {
    for (const document of this.all()) { const name = fileOfUri(document.uri); this.projectOf(name).update(name, document.getText()); }
    return this.projectOf(file);
  }

  /** The project of the innermost folder that holds the file; files outside of every folder have one of their own. */
  private projectOf(file: string): Project {
    const folder = [...this.projects.keys()].filter(each => each !== '' && file.startsWith(`${each}/`)).sort((a, b) => b.length - a.length)[0] ?? '';
    let project = this.projects.get(folder);
    if (!project) this.projects.set(folder, project = this.open(folder));
    return project;
  }

  private open(root: string): Project {
    return openProject(this.platform.projectHost(root));
  }
}

function analyse(document: TextDocument, file: string, project: Project, onFailure: (hazard: string, error: unknown) => void): Analysis {
  const program = new Gradual(function* (): Generator<void, Program> {
    const lowered = yield* project.programSlices(file);
    if (!lowered) throw new Error(`${file} cannot be analysed: its text is not known; close and open the file.`);
    return lowered;
  }, () => project.update(file, document.getText())); // The project may hold a later text by now; the places of this analysis belong to this one.
  const facts = new Gradual(() => rangeSlices(program.value()));
  const detecting = (settings: Settings): Gradual<readonly Finding[]> => new Gradual(() => hazardSlices(program.value(), facts.value(), { severities: settings.hazards, targetFormats: settings.targetFormats, onFailure }));
  let findings: { readonly settings: Settings; readonly gradual: Gradual<readonly Finding[]> } | undefined;
  const findingsUnder = (settings: Settings): Gradual<readonly Finding[]> => {
    if (findings?.settings !== settings) findings = { settings, gradual: detecting(settings) };
    return findings.gradual;
  };
  let functions: readonly FunctionDescription[] | undefined;
  return {
    document, file,
    program: () => program.value(),
    facts: () => facts.value(),
    prepare: async (settings, pause, isCurrent = () => true) => {
      let until = performance.now() + SLICE;
      for (const part of [program, facts, findingsUnder(settings)]) {
        for (;;) {
          if (!isCurrent()) return false;
          if (part.step()) break;
          if (performance.now() > until) { await pause(); until = performance.now() + SLICE; }
        }
      }
      return isCurrent();
    },
    findings: settings => findingsUnder(settings).value(),
    functions: () => { program.value(); return functions ??= project.functions(file); },
  };
}
