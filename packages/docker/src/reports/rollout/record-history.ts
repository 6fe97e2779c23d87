import type { PublishedRecord } from '../../core/build/published-record.js';
import { repositoryOf } from '../../core/manifest/loose-ref.js';
import { publishedCommits } from '../../core/rollout/commit-in-tag.js';
import type { PublishedHistory } from './published-history.js';

/** The history that some records tell, for where no registry can be asked: those of several publications. */
export function recordHistory(records: readonly PublishedRecord[]): PublishedHistory {
  const commits = new Map<string, Set<string>>();
  const known = new Map<string, PublishedRecord>();
  for (const record of records) {
    const repository = repositoryOf(record.image) ?? record.image;
    if (!record.pushed || record.digest === undefined) continue;
    for (const commit of commitsOf(record)) {
      commits.set(commit, (commits.get(commit) ?? new Set()).add(repository));
      known.set(`${repository} ${commit}`, record);
    }
  }
  return {
    commits,
    digestAt: async (repository, commit) => known.get(`${repository} ${commit}`)?.digest,
    tagsOf: async (repository, commit) => known.get(`${repository} ${commit}`)?.tags ?? [],
  };
}

function commitsOf({ revision, tags }: PublishedRecord): string[] {
  return [...new Set([...(revision === undefined ? [] : [revision]), ...publishedCommits(tags)])];
}
