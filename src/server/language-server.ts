import { CodeLensRefreshRequest, InlayHintRefreshRequest, TextDocuments, TextDocumentSyncKind, type Connection, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions, ServerState } from '../protocol/requests';
import type { Settings } from '../protocol/settings';
import { Analyses, type Analysis } from './analyses';
import { codeActions, providedKinds } from './code-actions';
import { codeLenses, resolveLens, type LensData } from './code-lens';
import { answerRequests } from './custom-requests';
import { diagnosticOf } from './diagnostics';
import { hoverAt } from './hover';
import { inlayHints } from './inlay-hints';
import type { Platform } from './platform';
import { Schedule } from './schedule';
import { SettingsStore } from './settings-store';

/** Milliseconds of quiet after a change before the file is analysed again. */
const debounce = 400;

/**
 * The language server on a connection. Documents are synchronised by increments; each result belongs to one version of its document and is dropped when
 * the document has moved on, so that nothing stale is ever shown. Returns at once; the connection keeps the server alive.
 */
export function startLanguageServer(connection: Connection, platform: Platform): void {
  const documents = new TextDocuments(TextDocument);
  const settings = new SettingsStore(connection);
  const analyses = new Analyses(platform, uri => documents.get(uri), () => documents.all(), (file, hazard, error) => {
    connection.console.error(`The rule ${hazard} failed on ${file}; its findings are missing there: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  });
  const schedule = new Schedule();
  let client: InitializeParams['capabilities'] = {};
  let options: InitializationOptions = {};

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    options = readOptions(params.initializationOptions);
    settings.initialize(client, (params.initializationOptions as { settings?: unknown } | undefined)?.settings);
    analyses.setFolders((params.workspaceFolders ?? []).map(folder => folder.uri));
    return {
      serverInfo: { name: 'roundoff' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: providedKinds },
        codeLensProvider: { resolveProvider: true },
        inlayHintProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => {
    settings.watch(client);
    if (client.workspace?.workspaceFolders) connection.workspace.onDidChangeWorkspaceFolders(async () => {
      analyses.setFolders((await connection.workspace.getWorkspaceFolders() ?? []).map(folder => folder.uri));
      analyseAll();
    });
  });
  connection.onShutdown(() => schedule.cancelAll());
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    analyseAll();
    if (client.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (client.workspace?.inlayHint?.refreshSupport) void connection.sendRequest(InlayHintRefreshRequest.type);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // What is open in the editor is known better than from the disk.
    const elsewhere = changes.map(({ uri }) => uri).filter(uri => !documents.get(uri));
    if (elsewhere.length === 0) return;
    analyses.filesChanged(elsewhere);
    analyseAll();
  });

  documents.onDidOpen(({ document }) => schedule.at(document.uri, 0, () => diagnose(document.uri)));
  documents.onDidChangeContent(({ document }) => { if (document.version > 1) schedule.at(document.uri, debounce, () => diagnose(document.uri)); });
  documents.onDidSave(({ document }) => {
    // What this file exports may have changed what is known in the others.
    for (const { uri } of documents.all()) if (uri !== document.uri) { analyses.expire(uri); schedule.at(uri, debounce, () => diagnose(uri)); }
  });
  documents.onDidClose(({ document }) => {
    schedule.cancel(document.uri);
    analyses.close(document.uri);
    settings.forget(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onHover(async ({ textDocument, position }, token) => {
    const { analysis, wanted } = await ready(textDocument.uri);
    if (!analysis || !wanted.enable || token.isCancellationRequested) return null;
    return hoverAt(analysis, analysis.document.offsetAt(position), { formats: wanted.hover.formats, commands: options.commands === true, pageOf: hazardPage, findings: analysis.findings(wanted) });
  });
  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const { analysis, wanted } = await ready(textDocument.uri);
    if (!analysis || !wanted.enable || token.isCancellationRequested) return [];
    return codeActions(analysis.document, analysis.findings(wanted), range, context, { commands: options.commands === true });
  });
  connection.onCodeLens(async ({ textDocument }, token) => {
    const { analysis, wanted } = await ready(textDocument.uri);
    return !analysis || !wanted.enable || !wanted.codeLens || options.commands !== true || token.isCancellationRequested ? [] : codeLenses(analysis);
  });
  connection.onCodeLensResolve(lens => resolveLens(lens, analyses.of((lens.data as LensData).uri)));
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
    const { analysis, wanted } = await ready(textDocument.uri);
    return !analysis || !wanted.enable || wanted.inlayHints === 'off' || token.isCancellationRequested ? [] : inlayHints(analysis, range, wanted.inlayHints);
  });
  answerRequests(connection, platform, analyses);
  documents.listen(connection);
  connection.listen();

  function hazardPage(id: string): string | undefined {
    return options.hazardPage ? options.hazardPage.replace('{id}', id) : platform.hazardPage(id);
  }

  function analyseAll(): void {
    for (const document of documents.all()) schedule.at(document.uri, 0, () => diagnose(document.uri));
  }

  /** The analysis of the document's latest version with its facts and findings, while other messages are answered in between; none when it was closed, or changed, meanwhile. */
  async function ready(uri: string): Promise<{ analysis: Analysis | undefined; wanted: Settings }> {
    const wanted = await settings.of(uri);
    const analysis = analyses.of(uri);
    if (!analysis || !wanted.enable) return { analysis, wanted };
    const current = await analysis.prepare(wanted, platform.nextTurn, () => documents.get(uri)?.version === analysis.document.version);
    return { analysis: current ? analysis : undefined, wanted };
  }

  /** Analyses one document in slices, with a turn for waiting messages between them, and publishes the findings of exactly this version. */
  async function diagnose(uri: string): Promise<void> {
    const wanted = await settings.of(uri);
    const analysis = analyses.of(uri);
    if (!analysis) return;
    const { version } = analysis.document;
    const current = (): boolean => documents.get(uri)?.version === version;
    const tell = (state: ServerState['state'], findings = 0, milliseconds = 0, message = ''): void => {
      void connection.sendNotification('roundoff/state', { uri, state, findings, message, milliseconds } satisfies ServerState);
    };
    if (!wanted.enable) {
      void connection.sendDiagnostics({ uri, version, diagnostics: [] });
      tell('off');
      return;
    }
    tell('analysing');
    const begin = performance.now();
    try {
      if (!await analysis.prepare(wanted, platform.nextTurn, current)) return;
      const findings = analysis.findings(wanted);
      void connection.sendDiagnostics({ uri, version, diagnostics: findings.map(finding => diagnosticOf(finding, hazardPage)) });
      tell('ready', findings.length, performance.now() - begin);
    } catch (error) {
      connection.console.error(`The analysis of ${uri} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      tell('failed', 0, performance.now() - begin, error instanceof Error ? error.message : String(error));
    }
  }
}

function readOptions(data: unknown): InitializationOptions {
  const given = typeof data === 'object' && data !== null ? data as Record<string, unknown> : {};
  return { hazardPage: typeof given.hazardPage === 'string' ? given.hazardPage : undefined, commands: given.commands === true };
}
