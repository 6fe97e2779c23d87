/** What installs the npm packages of a workspace in CI. */
export interface PackageManager {
  /** `yarn` is version 1, `berry` any later one. */
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'berry' | 'bun';
  /** False where the repository has no lockfile. */
  readonly hasLockfile: boolean;
  /** Of pnpm, where package.json names none in its field `packageManager`. */
  readonly version?: string;
}

interface Commands {
  /** Without the packages' own scripts: nothing of Nx needs them, and they would run beside credentials. */
  readonly install: string;
  readonly installWithoutLockfile: string;
  /** What stands before a program of node_modules. */
  readonly exec: string;
  /** What setup-node calls it; bun and berry it cannot cache. */
  readonly cache?: string;
}

const commands: Record<PackageManager['name'], Commands> = {
  npm: {
    install: 'npm ci --ignore-scripts',
    installWithoutLockfile: 'npm install --ignore-scripts',
    exec: 'npx --no-install',
    cache: 'npm',
  },
  pnpm: {
    install: 'pnpm install --frozen-lockfile --ignore-scripts',
    installWithoutLockfile: 'pnpm install --ignore-scripts',
    exec: 'pnpm exec',
    cache: 'pnpm',
  },
  yarn: {
    install: 'yarn install --frozen-lockfile --ignore-scripts',
    installWithoutLockfile: 'yarn install --ignore-scripts',
    exec: 'yarn --silent run',
    cache: 'yarn',
  },
  berry: {
    install: 'yarn install --immutable --mode=skip-build',
    installWithoutLockfile: 'yarn install --mode=skip-build',
    exec: 'yarn run',
  },
  bun: {
    install: 'bun install --frozen-lockfile --ignore-scripts',
    installWithoutLockfile: 'bun install --ignore-scripts',
    exec: 'bunx --no-install',
  },
};

export function installCommand({ name, hasLockfile }: PackageManager): string {
  return hasLockfile ? commands[name].install : commands[name].installWithoutLockfile;
}

export function execPrefix({ name }: PackageManager): string {
  return commands[name].exec;
}

/** The cache that setup-node can keep, which needs a lockfile. */
export function packageCache({ name, hasLockfile }: PackageManager): string | undefined {
  return hasLockfile ? commands[name].cache : undefined;
}
