import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { blobId, type ObjectFormat } from './blob-id.js';
import type { BlobReader } from './blob-reader.js';
import { type Commit, commitOf } from './open-commit.js';
import type { TreeEntry } from './read-tree.js';
import { readGit, requireGit } from './run-git.js';

/**
 * Opens what a commit of the checked out files would be: those of the head with all changes that are not committed,
 * files that git does not know yet among them, but not what it ignores.
 *
 * @param tree The head's own files.
 * @throws DockerPluginError GIT_FAILED
 */
export async function openWorkTree(
  root: string,
  tree: readonly TreeEntry[],
  { prefix, blobs }: { prefix: string; blobs: BlobReader },
): Promise<Commit> {
  const entries = new Map(tree.map((entry) => [entry.path, entry]));
  const onDisk = new Map<string, string>();
  const format = (tree[0]?.oid.length ?? 40) > 40 ? 'sha256' : 'sha1';
  for (const path of await changedPaths(root, prefix)) {
    const entry = await readEntry(root, path, format);
    if (!entry) entries.delete(path);
    else {
      entries.set(path, entry);
      onDisk.set(entry.oid, join(root, path));
    }
  }
  const reader: BlobReader = {
    prefetch: (oids) => blobs.prefetch(oids.filter((oid) => !onDisk.has(oid))),
    read(oid) {
      const path = onDisk.get(oid);
      return path === undefined ? blobs.read(oid) : readContent(path);
    },
  };
  return commitOf(basename(root), [...entries.values()], reader);
}

/** Paths below the folder that differ from the head, or that git does not know. */
async function changedPaths(root: string, prefix: string): Promise<string[]> {
  const text = await requireGit(root, [
    'status',
    '--porcelain=v2',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=none',
    '--',
    '.',
  ]);
  return text.split('\0').flatMap((row) => {
    // https://git-scm.com/docs/git-status#_porcelain_format_version_2: seven fields before the path, nine in a conflict.
    const match = /^(?:1(?: \S+){7}|u(?: \S+){9}|\?) (.+)$/s.exec(row);
    const path = match?.[1];
    return path?.startsWith(prefix) && !path.endsWith('/') ? [path.slice(prefix.length)] : [];
  });
}

async function readEntry(root: string, path: string, format: ObjectFormat): Promise<TreeEntry | undefined> {
  const full = join(root, path);
  const stat = statOf(full);
  if (!stat) return undefined;
  if (stat.isDirectory()) return { path, mode: 'submodule', oid: await submoduleId(full) };
  const content = readContent(full);
  if (!content) return undefined;
  const mode = stat.isSymbolicLink() ? 'symlink' : stat.mode & 0o111 ? 'executable' : 'file';
  return { path, mode, oid: blobId(content, format) };
}

/** A submodule with changes of its own is like no commit of it. */
async function submoduleId(folder: string): Promise<string> {
  const head = await readGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const status = await readGit(folder, ['status', '--porcelain']);
  const id = head.stdout.toString('utf8').trim();
  return status.stdout.length === 0 ? id : `${id} with changes`;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function readContent(path: string): Buffer | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
  } catch {
    return undefined;
  }
}
