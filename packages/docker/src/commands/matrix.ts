import { formatPlan } from '../core/plan/format-plan.js';
import { readTerminal } from '../host/read-terminal.js';
import { writeGitlabChild } from '../reports/plan/gitlab-child.js';
import { writeMatrix } from '../reports/plan/matrix.js';
import { makePlan } from '../reports/plan/plan.js';
import { type Command, print, textOf, UsageError, type Values } from './command.js';

export const matrixCommand: Command = {
  usage: `
  matrix
      The images that have to be built, in waves, and why: by what changed since the base that the
      CI, NX_BASE or --base names, or, where images are published, by what the registry lacks.
        --base <revision>         compares with this
        --head <revision>         plans this commit; by default what is checked out
        --all                     takes every image
        --projects <a,b>          takes the images of these projects
        --publish                 asks the registry, on pushes, tags, and runs by hand or schedule
        --refresh-bases           with --publish: also images whose base images outside of the
                                  workspace moved; runs on schedule ask by themselves
        --out <file>              writes the plan as JSON
        --github-output           sets the outputs of a GitHub step and adds to its summary
        --waves <number>          the waves of the workflow; more are an error
        --max-jobs <number>       packs more images into batches; 256 by default
        --runner <platform=label> the runner for a platform; may be repeated
        --provider <name>         github or gitlab: whose variables are read
        --pipeline <file>         writes the child pipeline of GitLab that does what the plan says
        --json                    writes the plan to standard output
`,
  options: {
    base: { type: 'string' },
    head: { type: 'string' },
    all: { type: 'boolean' },
    projects: { type: 'string' },
    publish: { type: 'boolean' },
    'refresh-bases': { type: 'boolean' },
    out: { type: 'string' },
    'github-output': { type: 'boolean' },
    waves: { type: 'string' },
    'max-jobs': { type: 'string' },
    runner: { type: 'string', multiple: true },
    provider: { type: 'string' },
    pipeline: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: runMatrix,
};

async function runMatrix(names: readonly string[], values: Values): Promise<number> {
  if (names.length > 0)
    throw new UsageError(`matrix takes no ${JSON.stringify(names[0])}: name projects with --projects`);
  const projects = textOf(values, 'projects');
  const waves = numberOf(values, 'waves');
  const github = values['github-output'] === true;
  if (github && !process.env.GITHUB_OUTPUT)
    throw new UsageError('--github-output needs GITHUB_OUTPUT, which GitHub sets');
  const refreshBases = values['refresh-bases'] === true;
  if (refreshBases && values.publish !== true)
    throw new UsageError(
      '--refresh-bases needs --publish: the registry knows what its images were built from',
    );
  const plan = await makePlan({
    base: textOf(values, 'base'),
    head: textOf(values, 'head'),
    all: values.all === true,
    ...(projects !== undefined && { projects: projects.split(',') }),
    publish: values.publish === true,
    refreshBases,
    maxJobs: numberOf(values, 'max-jobs'),
    runners: runnersOf(values),
    provider: providerOf(values),
  });
  writeMatrix(plan, { out: textOf(values, 'out'), waves, github });
  const pipeline = textOf(values, 'pipeline');
  if (pipeline !== undefined) await writeGitlabChild(plan, pipeline);
  return print(values.json ? `${JSON.stringify(plan, null, 2)}\n` : formatPlan(plan, readTerminal()));
}

function numberOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--${name} takes a number from 1 on`);
  return Number(text);
}

function runnersOf({ runner = [] }: Values): Record<string, string> {
  const texts = [runner].flat().map(String);
  return Object.fromEntries(
    texts.map((text) => {
      const [, platform, label] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (platform === undefined || label === undefined)
        throw new UsageError('--runner takes a platform and a label: linux/arm64=ubuntu-24.04-arm');
      return [platform, label];
    }),
  );
}

function providerOf(values: Values): 'github' | 'gitlab' | undefined {
  const provider = textOf(values, 'provider');
  if (provider === undefined || provider === 'github' || provider === 'gitlab') return provider;
  throw new UsageError('--provider takes github or gitlab');
}
