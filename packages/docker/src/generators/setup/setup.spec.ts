import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderTexts } from '../../../testing/folder-texts.js';
import { runGenerator } from '../../../testing/run-generator.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import setup from './setup.js';

const fixtures = join(__dirname, '../../../fixtures/setup');
/** Their text is the business of the generator sync-workflow. */
const generated = /(?:^|\/)docker\.(?:yml|gitlab-ci\.yml)$/;

/** A folder in, a folder out: `after` holds what was written, and what was printed in `summary.txt`. */
describe.each(readdirSync(fixtures))('%s', (name) => {
  const folder = join(fixtures, name);
  const flags = JSON.parse(readFileSync(join(folder, 'flags.json'), 'utf8'));

  it('is set up as in the folder after, and a second time not at all', async () => {
    const root = temporaryWorkspace(folderTexts(join(folder, 'before')));
    const run = () => runGenerator(root, (tree) => setup(tree, flags));
    const { printed, changes } = await run();
    const { 'summary.txt': summary, ...after } = folderTexts(join(folder, 'after'));
    expect(printed).toBe(`\n${summary}`);
    const written = Object.entries(changes).filter(([path]) => !generated.test(path));
    expect(Object.fromEntries(written)).toEqual(after);
    for (const path of Object.keys(changes)) expect(summary).toContain(path);
    const again = await run();
    expect(again.changes).toEqual({});
    expect(again.printed).toContain('nothing: all is as it should be');
  });
});
