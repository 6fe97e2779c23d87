import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Everything that the tools download, unpack or keep; git ignores the default. */
export const cacheFolder = resolve(process.env.MOLTBOOK_CACHE ?? join(repositoryRoot, '.cache'));
