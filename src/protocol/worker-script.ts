/**
 * One script for the language server as a web worker, from the texts of `dist/typescript.js` (a CommonJS module, the same file that the server on Node
 * requires) and of `dist/browser/server.js`, which requires it by that name. A worker has no `require` of its own, and the compiler must not find one.
 */
export function workerScript(typescript: string, server: string): string {
  return `var roundoffTypescript = (function (module, exports, require) {\n${typescript}\nreturn module.exports;\n})({ exports: {} }, {}, undefined);\n`
    + `(function (require) {\n${server}\n})(function (name) { if (name === './typescript.js') return roundoffTypescript; throw new Error(name + ' is not in this worker'); });\n`;
}
