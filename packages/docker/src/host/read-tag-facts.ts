import { readFileSync } from 'node:fs';
import type { TagFacts } from '../core/tags/facts.js';
import { tagFacts } from '../core/tags/tag-facts.js';
import { readGitFacts } from './git/read-git-facts.js';

/**
 * What the CI and git say of the commit that is checked out.
 *
 * @param branch The branch whose images are published, which is the default branch of the rules.
 */
export async function readTagFacts({
  root,
  branch,
}: {
  readonly root: string;
  readonly branch: string | undefined;
}): Promise<TagFacts> {
  const payload = readEvent(process.env.GITHUB_EVENT_PATH);
  const facts = tagFacts({ env: process.env, payload, git: await readGitFacts(root) });
  return { ...facts, defaultBranch: branch ?? (facts.defaultBranch || 'main') };
}

function readEvent(path: string | undefined): unknown {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
