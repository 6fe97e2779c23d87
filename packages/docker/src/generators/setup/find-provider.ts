import type { CiProvider } from '../../core/workflow/ci-options.js';
import type { SetupFacts } from './read-setup.js';
import type { SetupRequest } from './setup-options.js';

export interface FoundProvider {
  readonly provider: CiProvider | 'none';
  /** Why: `--ci`, a file, the git remote. */
  readonly sources: readonly string[];
  /** A sentence, where two CIs are there and nothing says which. */
  readonly contradiction?: string;
}

/** Finds the CI: what is configured, else asked for, else what has files here, else where the repository is hosted. */
export function findProvider(
  { entries, workspace, remote }: SetupFacts,
  request: SetupRequest,
): FoundProvider {
  const configured = entries[0].options.ci?.provider;
  if (configured !== undefined && request.ci !== 'none')
    return { provider: configured, sources: ['nx.json'] };
  if (request.ci !== undefined) return { provider: request.ci, sources: ['--ci'] };
  const github = workspace.index.paths.find((path) => path.startsWith('.github/'));
  const gitlab = workspace.index.paths.find(
    (path) => path === '.gitlab-ci.yml' || path.startsWith('.gitlab/'),
  );
  const host = hostOf(remote?.host);
  if (github !== undefined && gitlab !== undefined && host === undefined)
    return {
      provider: 'none',
      sources: [],
      contradiction: `there are ${github} and ${gitlab}: say with --ci which CI builds the images`,
    };
  if (host !== undefined && (github === undefined) === (gitlab === undefined))
    return { provider: host, sources: [`the git remote at ${remote?.host}`] };
  if (github !== undefined) return { provider: 'github', sources: [github] };
  return gitlab === undefined ? { provider: 'none', sources: [] } : { provider: 'gitlab', sources: [gitlab] };
}

function hostOf(host = ''): CiProvider | undefined {
  if (/(?:^|\.)github\./.test(host)) return 'github';
  return /(?:^|\.)gitlab\./.test(host) ? 'gitlab' : undefined;
}
