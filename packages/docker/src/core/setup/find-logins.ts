import { parseYaml } from '../audit/yaml/yaml-value.js';

/** How a workflow of GitHub Actions logs in to a registry. */
export interface RegistryLogin {
  /** As it is written; empty for Docker Hub. */
  readonly registry: string;
  /** Names in `vars` or `secrets`. */
  readonly username: string;
  readonly password: string;
  /** `.github/workflows/api.yml:20` */
  readonly source: string;
}

/** Finds the steps with docker/login-action that take names from `vars` and `secrets`. */
export function findLogins(file: string, text: string): RegistryLogin[] {
  const jobs = parseYaml(file, text).root.get('jobs').entries();
  const steps = jobs.flatMap(({ value }) => value.get('steps').items());
  return steps.flatMap((step): RegistryLogin[] => {
    const uses = step.get('uses');
    if (!/^docker\/login-action@/.test(uses.text ?? '')) return [];
    const given = step.get('with');
    const username = nameIn(given.get('username').text);
    const password = nameIn(given.get('password').text);
    if (username === undefined || password === undefined || password === 'GITHUB_TOKEN') return [];
    const source = `${file}:${uses.place.line}`;
    return [{ registry: given.get('registry').text ?? '', username, password, source }];
  });
}

function nameIn(text = ''): string | undefined {
  return /^\$\{\{\s*(?:vars|secrets)\.(\w+)\s*\}\}$/.exec(text.trim())?.[1];
}
