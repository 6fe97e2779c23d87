#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The published package has no sources; in its own repository the command runs from them, with nothing built before.
const source = new URL('../src/cli.ts', import.meta.url);
if (existsSync(source)) await import('@swc-node/register/esm-register');
const { main } = await import(existsSync(source) ? source.href : '../dist/cli.js');

process.exitCode = await main(process.argv.slice(2));
