import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from '../nx-versions.js';
import { run } from '../run.js';
import { writeFiles } from '../workspace.js';

export interface Pipeline {
  /** Jobs of the child pipeline that ended well, in the order of their ends. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** All that was printed. */
  readonly log: string;
}

/**
 * Really runs the pipeline of a checked-out GitLab project, the parent and the child that it writes, job after job. There
 * are no containers around the jobs, so that the engine of the tests stands for the service of a job.
 *
 * @param variables What GitLab would say about the pipeline.
 */
export async function runPipeline(
  root: string,
  variables: Readonly<Record<string, string>>,
): Promise<Pipeline> {
  const rsync = process.env.MOLTBOOK_RSYNC;
  if (!rsync) throw new Error('MOLTBOOK_RSYNC is not set: run the tests by npm test');
  const tools = mkdtempSync(join(tmpdir(), 'moltbook-docker-gitlab-'));
  writeFiles(tools, {
    rsync: { run: rsyncThatCrossesPipelines(rsync) },
    // The image of a job has all packages of the system.
    apk: { run: '#!/bin/sh\nexit 0\n' },
    // Each job has a checkout of its own, into which this puts what is installed for the whole test.
    npm: { run: `#!/bin/sh\nln -s '${realpathSync(join(root, 'node_modules'))}' node_modules\n` },
    // Starts the services of jobs, and says of their images that they have no ports to wait for.
    engine: { run: "#!/bin/sh\necho '[{}]'\n" },
  });
  const configuration = join(tools, 'docker');
  if (process.env.DOCKER_CONFIG) cpSync(process.env.DOCKER_CONFIG, configuration, { recursive: true });
  // Given as options they would not reach the child.
  writeFiles(root, { '.gitlab-ci-local-variables.yml': JSON.stringify(variables) });
  const { stdout, stderr } = await run(
    [
      join(repositoryRoot, 'node_modules/.bin/gitlab-ci-local'),
      ...[
        '--force-shell-executor',
        '--shell-isolation',
        '--concurrency',
        '1',
        '--container-executable',
        join(tools, 'engine'),
      ],
    ],
    {
      cwd: root,
      mayFail: true,
      env: {
        PATH: `${tools}${delimiter}${process.env.PATH}`,
        DOCKER_CONFIG: configuration,
        FORCE_COLOR: '0',
        NO_COLOR: '1',
      },
    },
  );
  const log = `${stdout}\n${stderr}`;
  return { passed: jobsThat('PASS', log), failed: jobsThat('FAIL', log), log };
}

/** GitLab gives a job of a child the artifacts of its parent that it names; what stands for GitLab here does not. */
function rsyncThatCrossesPipelines(rsync: string): string {
  return `#!/bin/sh
for last; do :; done
'${rsync}' "$@" || exit
case $last in
  */builds/plan-data/) cp -R .gitlab-ci-local/artifacts/docker-plan/. "$last" ;;
esac
`;
}

/** From the summary, which is printed for the parent and for the child: ` PASS  build base`. */
function jobsThat(verdict: string, log: string): string[] {
  const names = [
    ...log.matchAll(new RegExp(`^ ?${verdict} +(?:\\[docker-images\\] -> )?(.+?) *$`, 'gm')),
  ].map(([, name = '']) => name);
  return [...new Set(names)];
}
