import { readGit } from '../../host/git/run-git.js';

/** Where the repository is hosted. */
export interface Remote {
  /** `github.com` */
  readonly host: string;
  /** `owner/name`, in lower case; of GitLab with all groups. */
  readonly path: string;
}

/** Reads the remote `origin` of a workspace. */
export async function findRemote(root: string): Promise<Remote | undefined> {
  const answer = await readGit(root, ['config', '--get', 'remote.origin.url']).catch(() => undefined);
  return answer?.exitCode === 0 ? parseRemote(answer.stdout.toString('utf8').trim()) : undefined;
}

const forms = [
  /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([\w.-]+)(?::\d+)?\/(.+)$/,
  /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+)$/,
];

/** Of `https://host/owner/name.git`, `ssh://git@host:22/owner/name` and `git@host:owner/name.git`. */
export function parseRemote(url: string): Remote | undefined {
  const [, host, rest] = forms.map((form) => form.exec(url)).find((match) => match !== null) ?? [];
  const path = rest?.replace(/\/+$/, '').replace(/\.git$/, '');
  if (host === undefined || !path?.includes('/')) return undefined;
  return { host: host.toLowerCase(), path: path.toLowerCase() };
}

/** The registry that belongs to a host of repositories. */
export function registryOf({ host, path }: Remote): string | undefined {
  if (host === 'github.com') return `ghcr.io/${path.split('/')[0]}`;
  return host === 'gitlab.com' ? `registry.gitlab.com/${path}` : undefined;
}
