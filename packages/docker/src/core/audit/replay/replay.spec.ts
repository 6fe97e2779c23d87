import { type ImageReplay, type ReplayCommit, replay } from './replay.js';

/**
 * A history in one line: each word is a commit a minute after the one before, a letter for the inputs, `+` where the
 * filter builds, and `*` where Nx selects the project.
 */
function replayOf(history: string, before?: string): ImageReplay | undefined {
  const commits = history.split(' ').map((word, index): ReplayCommit => {
    const [inputs = ''] = word;
    const runs = word.includes('+');
    const filters = { runs, because: runs ? 'a match' : 'no match' };
    const image = { inputs, filters, project: word.includes('*'), reason: `${inputs} is new` };
    return {
      commit: String(index + 1),
      time: 60 * index,
      subject: word,
      images: new Map(inputs === '-' ? [] : [['api', image]]),
    };
  });
  return replay(commits, new Map(before === undefined ? [] : [['api', before]]))[0];
}

function described(history: string, before?: string): string {
  const { filters, changes } = replayOf(history, before) ?? {};
  if (!filters) return 'none';
  const missed = filters.missed.map(
    ({ commit, healed, seconds }) => `${commit}..${healed ?? ''} ${seconds}s`,
  );
  const wasted = filters.wasted.map(({ commit }) => commit);
  return `${changes} changes, ${filters.builds} builds, missed [${missed}], wasted [${wasted}], stale ${filters.stale}s`;
}

it.each<[string, string | undefined, string]>([
  ['a a a', 'a', '0 changes, 0 builds, missed [], wasted [], stale 0s'],
  ['b+ c+', 'a', '2 changes, 2 builds, missed [], wasted [], stale 0s'],
  ['a+ a+', 'a', '0 changes, 2 builds, missed [], wasted [1,2], stale 0s'],
  // A miss lasts until a later commit builds, which is then not wasted.
  ['b b b+ b+', 'a', '1 changes, 2 builds, missed [1..3 120s], wasted [4], stale 120s'],
  ['b c c+', 'a', '2 changes, 1 builds, missed [1..3 120s,2..3 60s], wasted [], stale 120s'],
  // It lasts to the end of the history.
  ['a b b', 'a', '1 changes, 0 builds, missed [2.. 60s], wasted [], stale 60s'],
  // Going back to what is published heals, too.
  ['b a a', 'a', '2 changes, 0 builds, missed [1..2 60s], wasted [], stale 60s'],
  ['b+ a+ b+', 'a', '3 changes, 3 builds, missed [], wasted [], stale 0s'],
  // A new image has to be built.
  ['a a+', undefined, '1 changes, 1 builds, missed [1..2 60s], wasted [], stale 60s'],
  ['- a+ -', undefined, '1 changes, 1 builds, missed [], wasted [], stale 0s'],
])('%s after %s: %s', (history, before, expected) => expect(described(history, before)).toBe(expected));

it.each<[string, string]>([
  ['b b b+ b+ b', 'msbw.'],
  ['- b+ c d d+', ' bmmb'],
  ['b a a', 'm..'],
])('draws %s as %j', (history, timeline) => expect(replayOf(history, 'a')?.filters?.timeline).toBe(timeline));

it('compares with what Nx selects', () => {
  const image = replayOf('b+ b* c', 'a');
  expect(image?.projects).toMatchObject({
    builds: 1,
    missed: [
      { commit: '1', healed: '2', reason: 'b is new' },
      { commit: '3', because: 'its project is not affected' },
    ],
    wasted: [],
  });
});

it('tells nothing about filters where no workflow builds the image', () => {
  const image = { inputs: 'b', project: false };
  const commit = { commit: '1', time: 0, subject: '', images: new Map([['api', image]]) };
  expect(replay([commit], new Map())[0]).not.toHaveProperty('filters');
});
