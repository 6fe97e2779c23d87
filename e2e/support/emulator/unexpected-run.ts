import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowEvent } from '../../../packages/docker/src/core/simulate/workflow-event.js';
import type { Files } from '../workspace.js';
import type { Scenario } from './mutations.js';
import { type RunReport, runWorkflow } from './run-workflow.js';
import type { Shop } from './shop.js';

let count = 0;

/**
 * Pushes a workflow and really runs it for an event of the scenario.
 *
 * @returns Jobs that did not succeed, each with what it printed, and files that an injected command has left; nothing if
 * all is as it should be.
 */
export async function unexpectedRun(
  shop: Shop,
  text: string,
  scenario: Scenario = 'push',
): Promise<string[]> {
  const files = { '.github/workflows/docker.yml': text };
  const event = await happen(shop, files, scenario);
  const isForPlan = scenario === 'pull-request' || scenario === 'dispatch';
  const report = await runWorkflow(shop.github, event, isForPlan ? { only: ['plan'] } : {});
  return [...failedJobs(report), ...marks(shop)];
}

/** Commands in names and inputs leave a file, nothing else. */
async function happen({ developer }: Shop, files: Files, scenario: Scenario): Promise<WorkflowEvent> {
  switch (scenario) {
    case 'push':
      return developer.push(files);
    case 'push-image':
      return developer.push({ ...files, 'alone/alone': `change ${++count}` });
    case 'pull-request':
      return developer.pullRequest(files, { branch: 'x$(touch${IFS}MARK)' });
    case 'dispatch':
      await developer.push(files);
      return developer.dispatch({ images: 'alone$(touch MARK)', force: false });
  }
}

function failedJobs({ jobs }: RunReport): string[] {
  return Object.entries(jobs)
    .filter(([, { result }]) => result === 'failure' || result === 'cancelled')
    .map(([id, { result, because, instances }]) => {
      const logs = instances.filter((each) => each.result !== 'success').map(({ log }) => log);
      return `${id}: ${result} (${because})\n${logs.join('\n')}`;
    });
}

function marks({ github }: Shop): string[] {
  return readdirSync(github.folder)
    .filter((name) => existsSync(join(github.folder, name, 'work/MARK')))
    .map((name) => `MARK was made by ${name.split('-')[2]}`);
}
