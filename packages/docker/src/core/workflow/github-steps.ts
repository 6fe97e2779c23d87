import { installCommand, packageCache } from './package-manager.js';
import { type PinnedAction, pinOf } from './pins.js';
import type { WorkflowSettings } from './workflow-settings.js';
import type { WorkflowShape } from './workflow-shape.js';
import { indent, type Lines, scalar } from './yaml-text.js';

/** What each job is written from. */
export interface JobContext {
  readonly shape: WorkflowShape;
  readonly settings: WorkflowSettings;
}

export interface ActionStep {
  readonly id?: string;
  readonly if?: string;
  readonly with?: readonly (string | false | undefined)[];
}

/** A step that runs an action at its pinned commit. */
export function useAction({ shape }: JobContext, action: PinnedAction, step: ActionStep = {}): string[] {
  const inputs = (step.with ?? []).filter((line) => line !== false && line !== undefined);
  return asStep([
    step.id !== undefined && `id: ${step.id}`,
    step.if !== undefined && `if: \${{ ${step.if} }}`,
    `uses: ${action}@${pinOf(action, shape.options.pins)}`,
    inputs.length > 0 && 'with:',
    indent(2, inputs),
  ]);
}

/** A step with these keys. */
export function asStep(keys: Lines): string[] {
  return indent(2, keys).map((line, index) => (index === 0 ? `- ${line.slice(2)}` : line));
}

/** `run:` of one command, one line in the shell. */
export function runCommand(words: readonly (string | false)[]): string[] {
  const kept = words.filter((word) => word !== false);
  const line = `run: ${kept.join(' ')}`;
  const isPlain = !/: | #/.test(line.slice(5));
  return isPlain && line.length <= 100 ? [line] : ['run: >-', ...indent(2, kept)];
}

export interface Checkout {
  /** All of the history, with tags and all branches. */
  readonly full?: boolean;
  readonly ref?: string;
  /** Leaves git able to push. */
  readonly canPush?: boolean;
}

/**
 * The repository, Node, the package manager and the packages.
 *
 * @param cached True to restore packages that an earlier run has left: never where something is published.
 */
export function prepareSteps(
  context: JobContext,
  { cached = false, ...checkout }: Checkout & { cached?: boolean },
): Lines {
  const { packageManager, node } = context.shape;
  const cache = cached ? packageCache(packageManager) : undefined;
  return [
    useAction(context, 'actions/checkout', {
      with: [
        checkout.ref !== undefined && `ref: ${scalar(checkout.ref)}`,
        checkout.full && 'fetch-depth: 0',
        `persist-credentials: ${checkout.canPush === true}`,
      ],
    }),
    packageManager.name === 'pnpm' && pnpmStep(context),
    packageManager.name === 'bun' &&
      useAction(context, 'oven-sh/setup-bun', { with: [!cached && 'no-cache: true'] }),
    useAction(context, 'actions/setup-node', {
      with: [
        'file' in node ? `node-version-file: ${scalar(node.file)}` : `node-version: ${scalar(node.version)}`,
        cache === undefined ? 'package-manager-cache: false' : `cache: ${cache}`,
      ],
    }),
    packageManager.name === 'berry' && asStep(['run: corepack enable']),
    asStep([`run: ${installCommand(packageManager)}`]),
  ];
}

function pnpmStep(context: JobContext): string[] {
  const { version } = context.shape.packageManager;
  return useAction(context, 'pnpm/action-setup', {
    with: version === undefined ? [] : [`version: ${scalar(version)}`],
  });
}

/** Logs in to every registry. A registry on the runner itself needs no login. */
export function loginSteps(context: JobContext, condition?: string): Lines {
  const { registries, options } = context.shape;
  const names = options.registryLogin;
  return registries
    .filter((registry) => names !== undefined || registry === 'ghcr.io')
    .map((registry) =>
      useAction(context, 'docker/login-action', {
        ...(condition !== undefined && { if: condition }),
        with: [
          registry !== 'docker.io' && `registry: ${scalar(registry)}`,
          `username: \${{ ${names ? `vars.${names.username}` : 'github.actor'} }}`,
          `password: \${{ ${names ? `secrets.${names.password}` : 'github.token'} }}`,
        ],
      }),
    );
}

export function downloadStep(context: JobContext, artifact: string, folder: string): string[] {
  const isPattern = artifact.includes('*');
  return useAction(context, 'actions/download-artifact', {
    with: [
      `${isPattern ? 'pattern' : 'name'}: ${artifact}`,
      `path: \${{ runner.temp }}/${folder}`,
      isPattern && 'merge-multiple: true',
    ],
  });
}

export function uploadStep(context: JobContext, artifact: string, folder: string, days: number): string[] {
  return useAction(context, 'actions/upload-artifact', {
    with: [
      `name: ${artifact}`,
      `path: \${{ runner.temp }}/${folder}`,
      'if-no-files-found: error',
      'overwrite: true',
      `retention-days: ${days}`,
    ],
  });
}

/**
 * Gives the steps that follow what GitHub's cache asks for; a `run:` step has no token of it otherwise. It comes after
 * all steps that run code of the workspace.
 */
export function cacheTokenStep(context: JobContext): Lines {
  if (context.settings.cache !== 'gha') return [];
  return useAction(context, 'actions/github-script', {
    with: [
      'script: |',
      "  for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL', 'ACTIONS_CACHE_SERVICE_V2']) {",
      '    if (process.env[name]) core.exportVariable(name, process.env[name]);',
      '  }',
    ],
  });
}

export function emulationStep(context: JobContext): Lines {
  const { emulated } = context.settings;
  if (emulated.length === 0) return [];
  return useAction(context, 'docker/setup-qemu-action', {
    with: [`platforms: ${scalar(emulated.join(','))}`, 'cache-image: false'],
  });
}
