import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startLanguageServer } from './language-server';
import { nodePlatform } from './node-platform';

/** The language server as a process of its own: over IPC from the extension, over standard input and output with `--stdio`. */
startLanguageServer(createConnection(ProposedFeatures.all), nodePlatform(__dirname));
