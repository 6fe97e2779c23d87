import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerPluginError } from '../core/errors.js';
import { runNx } from '../host/run-nx.js';

/** Nx's task graph, as far as it is read here: `nx run --graph=<file>.json`. */
interface TaskGraph {
  readonly tasks: Readonly<
    Record<string, { readonly target: { project: string; target: string; configuration?: string } }>
  >;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

export interface PrepareOptions {
  readonly root: string;
  /** Ids of the images to be built. */
  readonly images: readonly string[];
  /** Ids of all images of the workspace: those tasks are not run here. */
  readonly all: ReadonlySet<string>;
}

/**
 * Runs the Nx tasks that builds of images depend on, but no builds of images: what makes files for a build can so run
 * before anybody logs in to a registry.
 *
 * @returns Ids of the tasks.
 * @throws DockerPluginError TASK_FAILED
 */
export async function prepareJob({ root, images, all }: PrepareOptions): Promise<string[]> {
  const ids = new Set<string>();
  for (const request of graphRequests(images)) {
    const graph = await readTaskGraph(root, request);
    for (const image of images) for (const id of dependenciesOf(image, graph)) if (!all.has(id)) ids.add(id);
  }
  const tasks = [...ids].sort();
  for (const id of tasks)
    if ((await runNx(root, ['run', id])) !== 0)
      throw taskFailed(`the task ${id}, which makes what an image is built from, failed`);
  return tasks;
}

function dependenciesOf(image: string, { tasks, dependencies }: TaskGraph): string[] {
  return (dependencies[image] ?? []).flatMap((id) => {
    const target = tasks[id]?.target;
    return target ? [[target.project, target.target, target.configuration].filter(Boolean).join(':')] : [];
  });
}

/**
 * What to ask Nx for, because each question takes a second: all images of one target name together, but for projects
 * whose name Nx would take for a pattern or for several names.
 */
function graphRequests(images: readonly string[]): string[][] {
  const projectsByTarget = new Map<string, string[]>();
  const single: string[][] = [];
  for (const id of images) {
    const [, project = '', target = ''] = /^([\w@./-]+):([\w.-]+)$/.exec(id) ?? [];
    if (project === '' || project.startsWith('-')) single.push(['run', id]);
    else projectsByTarget.set(target, [...(projectsByTarget.get(target) ?? []), project]);
  }
  const together = [...projectsByTarget].map(([target, projects]) => [
    'run-many',
    `--targets=${target}`,
    `--projects=${projects.join()}`,
  ]);
  return [...together, ...single];
}

async function readTaskGraph(root: string, request: readonly string[]): Promise<TaskGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'moltbook-docker-'));
  try {
    const file = join(folder, 'graph.json');
    if ((await runNx(root, [...request, `--graph=${file}`])) !== 0)
      throw taskFailed(`Nx could not say what ${request.at(-1)} depends on`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { tasks: TaskGraph }).tasks;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function taskFailed(message: string): DockerPluginError {
  return new DockerPluginError({
    code: 'TASK_FAILED',
    severity: 'error',
    message,
    fix: "mend what Nx's output above names, and try it with npx nx run",
  });
}
