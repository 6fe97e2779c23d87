import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryRepository } from '../../../../testing/temporary-repository.js';
import { formatDiff } from './format-diff.js';

const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);

it('shows what changed with its surroundings', () => {
  const after = [...lines.slice(0, 5), 'new', ...lines.slice(5)];
  expect(formatDiff({ file: 'a.yml', before: lines.join('\n'), after: after.join('\n') })).toBe(
    '--- a/a.yml\n+++ b/a.yml\n@@ -3,6 +3,7 @@\n line 2\n line 3\n line 4\n+new\n line 5\n line 6\n line 7\n',
  );
});

it.each(['\n', ''])('makes what git applies, with %j at the end', (end) => {
  const before = `${lines.join('\n')}${end}`;
  const after = before
    .replace('line 3\n', '')
    .replace('line 12', 'twelve')
    .replace('line 27\n', 'line 27\nx\ny\n');
  const root = temporaryRepository({ 'a.yml': before });
  writeFileSync(join(root, 'patch'), formatDiff({ file: 'a.yml', before, after }));
  execFileSync('git', ['apply', 'patch'], { cwd: root });
  expect(execFileSync('cat', ['a.yml'], { cwd: root, encoding: 'utf8' })).toBe(after);
});
