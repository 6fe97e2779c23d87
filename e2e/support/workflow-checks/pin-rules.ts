import { knownBadCommits } from '../../../packages/docker/src/core/workflow/pins.js';
import type { CheckedWorkflow } from './read-workflow.js';

/** Every action stands at a commit, with its version beside, and at none that is known to steal. */
export function pinRules({ text }: CheckedWorkflow): string[] {
  return [...text.matchAll(/^[\s-]*uses:\s*(.*)$/gm)].flatMap(([, value = '']) => {
    const [, commit] = /^[\w.-]+\/[\w./-]+@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/.exec(value) ?? [];
    if (commit === undefined) return [`${value} is not at a commit with its version beside`];
    return knownBadCommits.includes(commit) ? [`${value} is a commit that steals secrets`] : [];
  });
}
