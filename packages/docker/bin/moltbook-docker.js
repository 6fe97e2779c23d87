#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

// The published package has no sources; in its own repository the command runs from them, with nothing built before.
const source = new URL('../src/cli.ts', import.meta.url);
if (existsSync(source)) {
  // Else the tsconfig.json of the current folder would decide, or the lack of one.
  process.env.SWC_NODE_PROJECT = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  register('@swc-node/register/esm', import.meta.url);
}
// A reader such as head may have seen enough.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});
const { main } = await import(existsSync(source) ? source.href : '../dist/cli.js');

process.exitCode = await main(process.argv.slice(2));
