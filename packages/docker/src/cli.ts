import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Command, print, UsageError } from './commands/command.js';
import { DockerPluginError } from './core/errors.js';

/**
 * Loaded one by one: `audit` has to work where Nx is not installed. A command of two words is written as both.
 */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  audit: async () => (await import('./commands/audit.js')).auditCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  lint: async () => (await import('./commands/lint.js')).lintCommand,
  matrix: async () => (await import('./commands/matrix.js')).matrixCommand,
  tags: async () => (await import('./commands/tags.js')).tagsCommand,
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand,
  'ci prepare': async () => (await import('./commands/ci-prepare.js')).ciPrepareCommand,
  'ci build': async () => (await import('./commands/ci-build.js')).ciBuildCommand,
  'ci publish': async () => (await import('./commands/ci-publish.js')).ciPublishCommand,
  'ci references': async () => (await import('./commands/ci-references.js')).ciReferencesCommand,
  'k8s check': async () => (await import('./commands/k8s-check.js')).k8sCheckCommand,
  'k8s restart': async () => (await import('./commands/k8s-restart.js')).k8sRestartCommand,
  'k8s rollback': async () => (await import('./commands/k8s-rollback.js')).k8sRollbackCommand,
  'k8s set': async () => (await import('./commands/k8s-set.js')).k8sSetCommand,
  'k8s status': async () => (await import('./commands/k8s-status.js')).k8sStatusCommand,
  pins: async () => (await import('./commands/pins.js')).pinsCommand,
};

const common = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Runs the command line and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(args);
  } catch (error) {
    if (error instanceof UsageError) {
      const hint = 'Run moltbook-docker --help to see the commands and their options.';
      process.stderr.write(`moltbook-docker: ${error.message}\n${hint}\n`);
      return 2;
    }
    const isExpected = error instanceof DockerPluginError;
    process.stderr.write(`${isExpected ? error.message : ((error as Error)?.stack ?? error)}\n`);
    return 1;
  }
}

async function runCommand(args: readonly string[]): Promise<number> {
  const name = findName(args);
  const load = name === undefined ? undefined : commands[name];
  if (!load) return runWithoutCommand(args);
  const command = await load();
  const words = name?.split(' ').length ?? 1;
  const { values, positionals } = parse(args, { ...command.options, ...common });
  if (values.help) return print(usageOf([command]));
  if (values.version) return print(`${version()}\n`);
  return command.run(positionals.slice(words), values);
}

/** The first words that are no options, as far as they name a command. */
function findName(args: readonly string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'));
  return [2, 1].map((count) => words.slice(0, count).join(' ')).find((name) => Object.hasOwn(commands, name));
}

async function runWithoutCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, common);
  if (values.help) return print(usageOf(await Promise.all(Object.values(commands).map((load) => load()))));
  if (values.version) return print(`${version()}\n`);
  if (positionals.length === 0) throw new UsageError('no command is given');
  throw new UsageError(`there is no command ${positionals.slice(0, 2).join(' ')}`);
}

function parse(args: readonly string[], options: Command['options']) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function usageOf(shown: readonly Command[]): string {
  return `Usage: moltbook-docker <command> [options]
${shown.map(({ usage }) => usage).join('')}
  --help, -h   shows this text
  --version    shows the version

https://github.com/ardenone/moltbook/tree/main/docs
`;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
