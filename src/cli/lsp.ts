import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startLanguageServer } from '../server/language-server';
import { nodePlatform } from '../server/node-platform';
import { CommandError, exit, type Command } from './io';

const help = `roundoff lsp --stdio

Starts the language server: it speaks the Language Server Protocol on standard input and output, for any editor. It ends when the editor says so or
closes its end. Settings are read from the section "roundoff" (workspace/configuration), or from initializationOptions.settings.
`;

/** `roundoff lsp --stdio`: the language server of the extension, for any editor. Resolves when the client has gone. */
export const lspCommand: Command = async (args, io) => {
  if (args.includes('--help') || args.includes('-h')) { io.stdout.write(help); return exit.ok; }
  const unknown = args.find(arg => arg !== '--stdio' && !arg.startsWith('--clientProcessId'));
  if (unknown !== undefined) throw new CommandError(`unknown option "${unknown}"; the server speaks on standard input and output: roundoff lsp --stdio`);
  if (!args.includes('--stdio')) throw new CommandError('say how to speak: roundoff lsp --stdio');
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(io.stdin), new StreamMessageWriter(io.stdout));
  const gone = new Promise<void>(resolve => { io.stdin.once('end', resolve); io.stdin.once('close', resolve); io.signal.addEventListener('abort', () => resolve()); });
  startLanguageServer(connection, nodePlatform(__dirname));
  await gone;
  return io.signal.aborted ? exit.interrupted : exit.ok;
};
