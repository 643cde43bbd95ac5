// The language server as a web worker: what a browser's extension host starts. Spoken to in the protocol's own messages, without VS Code around it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';
import { root } from '../../scripts/host.mjs';

/** Opens `text` in a server that runs in a worker and answers the diagnostics that it publishes. */
export async function diagnosticsInWorker(text) {
  const { code } = transformSync(readFileSync(join(root, 'src/protocol/worker-script.ts'), 'utf8'), { loader: 'ts', format: 'esm' });
  const { workerScript } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const script = workerScript(readFileSync(join(root, 'dist/typescript.js'), 'utf8'), readFileSync(join(root, 'dist/browser/server.js'), 'utf8'));
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage();
    return await page.evaluate(({ script, text }) => new Promise((answer, refuse) => {
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
      const send = message => worker.postMessage({ jsonrpc: '2.0', ...message });
      setTimeout(() => refuse(new Error('the worker did not answer within 30 s')), 30_000);
      worker.onerror = event => refuse(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.id === 1) {
          send({ method: 'initialized', params: {} });
          send({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'vscode-vfs://github/a/b.ts', languageId: 'typescript', version: 1, text } } });
        }
        if (data.method === 'textDocument/publishDiagnostics') answer(data.params.diagnostics);
      };
      send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null } });
    }), { script, text });
  } finally { await browser.close(); }
}
