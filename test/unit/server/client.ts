import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { startLanguageServer } from '../../../src/server/language-server';
import { nodePlatform } from '../../../src/server/node-platform';

/** An editor without a screen: speaks the protocol with a server in the same process, and remembers the diagnostics that it was sent. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[];
  open(name: string, text: string, languageId?: string): string;
  /** The next diagnostics for the document at this version. */
  diagnostics(uri: string, version?: number): Promise<PublishDiagnosticsParams>;
  dispose(): Promise<void>;
}

export async function startClient(settings: object = {}, options: object = { commands: true, hazardPage: 'page:{id}' }): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startLanguageServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), nodePlatform(`${process.cwd()}/dist`));
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => { published.push(params); for (const wake of waiting) wake(); });
  connection.onNotification('roundoff/state', () => undefined);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: { workspace: { configuration: true } }, workspaceFolders: null, initializationOptions: options });
  await connection.sendNotification('initialized', {});
  return {
    connection, published,
    open: (name, text, languageId = 'typescript') => {
      const uri = name.includes(':') ? name : pathToFileURL(`/nowhere/${name}`).toString();
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
      return uri;
    },
    diagnostics: (uri, version = 1) => new Promise(resolve => {
      const look = (): void => {
        const found = published.find(params => params.uri === uri && params.version === version);
        if (found) { waiting.delete(look); resolve(found); }
      };
      waiting.add(look);
      look();
    }),
    dispose: async () => {
      await connection.sendRequest('shutdown');
      connection.dispose();
    },
  };
}
