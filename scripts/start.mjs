// Builds, packs and installs the extension into a real VS Code, opens the examples in it, and prints the address. `npm start`, Ctrl-C stops it.
// PORT chooses the port (default: any free one); a folder as argument is opened instead of the examples, as a copy.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installHost, root, startServer } from './host.mjs';
import { packExtension } from './package.mjs';

const workspace = process.argv[2] ? resolve(process.argv[2]) : join(root, 'media', 'gallery');
try {
  if (!existsSync(workspace)) throw new Error(`${workspace} does not exist; give a folder to open, or nothing for the examples.`);
  installHost();
  console.error('Building and packing the extension …');
  const { path, size } = packExtension();
  console.error(`Packed ${(size / 1e6).toFixed(2)} MB; starting VS Code …`);
  const server = await startServer({ workspace, vsix: path, port: Number(process.env.PORT ?? 0), token: randomBytes(12).toString('hex') });
  const stop = () => { server.stop(); process.exit(0); };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(`\nVS Code with Roundoff and a copy of ${workspace} is at\n\n    ${server.address}\n\nOpen a file there and point at a number. Ctrl-C stops it.`);
  await server.ended;
  console.error('The VS Code server has ended.');
} catch (error) { console.error(error.message); process.exitCode = 1; }
