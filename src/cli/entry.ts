#!/usr/bin/env node
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { run } from './command-line';
import { cacheFolder, CompiledBundles } from './compiled-bundles';
import { optimiseLate } from './short-run';

// V8 takes compiled code only under the flags that it was made with, so they are set before anything is loaded.
const late = process.argv[2] === 'check';
if (late) optimiseLate();
const bundles = new CompiledBundles(join(cacheFolder(), late ? 'check' : 'commands'));
const path = join(__dirname, 'command-line.js');
const commandLine = process.env.NODE_DISABLE_COMPILE_CACHE ? createRequire(path)(path) : bundles.require(path);
process.once('exit', () => bundles.save());
(commandLine as { run: typeof run }).run();
