import { readFileSync } from 'node:fs';
import type { TagFacts } from '../core/tags/facts.js';
import { tagFacts } from '../core/tags/tag-facts.js';
import { readGitFacts } from '../host/git/read-git-facts.js';

/** What the CI and git say of the commit that is checked out. */
export async function readTagFacts(root: string): Promise<TagFacts> {
  return tagFacts({
    env: process.env,
    payload: readEvent(process.env.GITHUB_EVENT_PATH),
    git: await readGitFacts(root),
  });
}

function readEvent(path: string | undefined): unknown {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
