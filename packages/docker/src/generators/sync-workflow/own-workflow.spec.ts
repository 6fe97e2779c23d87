import { repositoryRoot } from '../../../testing/markdown-pages.js';
import { treeOnDisk } from '../../../testing/tree-on-disk.js';
import { listPins } from '../../reports/workflow/list-pins.js';
import syncWorkflow from './sync-workflow.js';

it('this repository has the workflow that its options and images ask for, byte by byte', async () => {
  const { tree, changes } = treeOnDisk(repositoryRoot);
  expect(await syncWorkflow(tree)).toBeUndefined();
  expect([...changes]).toEqual([]);
});

it('all actions of this repository stand at a commit with its version beside', () => {
  const uses = listPins(repositoryRoot);
  expect(uses.length).toBeGreaterThan(15);
  expect(uses.filter(({ fault }) => fault !== undefined)).toEqual([]);
});
