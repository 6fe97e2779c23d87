import { execFileSync } from 'node:child_process';
import { execa } from 'execa';
import { gitFailed } from './run-git.js';

/** Contents of a repository by their ids, each of which is read once. */
export interface BlobReader {
  /** Reads many at once, which is a hundred times as fast as one by one. */
  prefetch(oids: readonly string[]): Promise<void>;
  /** `undefined` where the repository does not have it. */
  read(oid: string): Buffer | undefined;
}

const missing = Symbol('missing');

/** Opens the objects of the repository around a folder. Nothing is checked out. A failing git is GIT_FAILED. */
export function blobReader(root: string): BlobReader {
  const known = new Map<string, Buffer | typeof missing>();
  return {
    async prefetch(oids) {
      const wanted = [...new Set(oids)].filter((oid) => !known.has(oid));
      if (wanted.length === 0) return;
      for (const [oid, content] of parseBatch(await readBatch(root, wanted))) known.set(oid, content);
    },
    read(oid) {
      if (!known.has(oid)) known.set(oid, readOne(root, oid));
      const content = known.get(oid);
      return content === missing ? undefined : content;
    },
  };
}

async function readBatch(root: string, oids: readonly string[]): Promise<Buffer> {
  const result = await execa('git', ['cat-file', '--batch'], {
    cwd: root,
    encoding: 'buffer',
    input: `${oids.join('\n')}\n`,
    maxBuffer: 1024 ** 3,
    env: { LC_ALL: 'C' },
    reject: false,
  });
  if (result.failed)
    throw gitFailed(
      root,
      'cat-file',
      Buffer.from(result.stderr ?? []).toString('utf8') || `${result.shortMessage}`,
    );
  return Buffer.from(result.stdout);
}

/** https://git-scm.com/docs/git-cat-file#_batch_output */
function* parseBatch(output: Buffer): Generator<[string, Buffer | typeof missing]> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [oid = '', kind, size] = output.subarray(at, end).toString('utf8').split(' ');
    at = end + 1;
    if (kind === 'missing') yield [oid, missing];
    else {
      yield [oid, output.subarray(at, at + Number(size))];
      at += Number(size) + 1;
    }
  }
}

function readOne(root: string, oid: string): Buffer | typeof missing {
  try {
    return execFileSync('git', ['cat-file', 'blob', oid], {
      cwd: root,
      maxBuffer: 1024 ** 3,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return missing;
  }
}
