import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startLanguageServer } from './language-server';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

/** The language server as a web worker. Files cannot be read from here, so each document is analysed by itself, and nothing can be simulated. */
startLanguageServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  projectHost: root => ({ root, readFile: () => undefined, fileExists: () => false }),
  hazardPage: () => undefined,
  nextTurn: () => new Promise(next => setTimeout(next, 0)),
});
