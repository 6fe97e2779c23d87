import { createHash } from 'node:crypto';
import { randomNumbers } from '../../../testing/random-numbers.js';
import { affectedImages } from '../../core/plan/affected-images.js';
import { compareTrees } from '../../core/plan/compare-trees.js';
import { commitOf } from '../../host/git/open-commit.js';
import type { TreeEntry } from '../../host/git/read-tree.js';
import { planDigests } from './plan-digests.js';
import { type CommitImages, imageState, readCommitImages } from './plan-images.js';

type Files = ReadonlyMap<string, { readonly text: string; readonly mode: TreeEntry['mode'] }>;

const fixed = {
  'nx.json': '{"plugins":["@moltbook/docker"]}',
  'a/project.json': '{"name":"a"}',
  'b/project.json': '{"name":"b"}',
  'c/project.json': '{"name":"c","targets":{"docker-build":{"options":{"buildContext":"."}}}}',
};
const sources = ['.', 'src', '*.txt', 'src/*', 'x/y', 'link', 'x/l*', 'a b', 'src/x.txt'];
const names = ['one.txt', 'src/x.txt', 'src/deep/y', 'x/y', 'x/link', 'link', 'a b', 'src/link', 'x/z.txt'];
const rules = ['*.txt', '**/*.txt', '!src/x.txt', 'x', '!x/y', 'src/deep', '**', '!src', 'link'];

it('selects every image whose input digest differs, and no other but for its Dockerfile and ignore file', async () => {
  const random = randomNumbers(11);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

  function dockerfile(base: string): string {
    const froms = ['FROM scratch', 'FROM scratch', `FROM ${base}`];
    const copies = Array.from({ length: 1 + random(2) }, () => {
      const flag = pick(['', '', '--exclude=*.txt ']);
      return `COPY ${flag}${JSON.stringify([pick(sources), '/to/'])}`;
    });
    return [pick(froms), pick(['', 'ARG A', '# note']), ...copies, pick(['', '', '', 'COPY'])].join('\n');
  }

  function change(files: Map<string, { text: string; mode: TreeEntry['mode'] }>): void {
    const folder = pick(['a', 'b', 'c', '.']);
    const at = (name: string) => (folder === '.' ? name : `${folder}/${name}`);
    const path = at(pick(names));
    const kind = random(10);
    if (kind < 3) files.delete(path);
    else if (kind < 6)
      files.set(path, { text: `${random(3)}`, mode: pick(['file', 'file', 'executable'] as const) });
    else if (kind < 8)
      files.set(path, { text: pick(['src', 'x/y', '../one.txt', 'nowhere', '.']), mode: 'symlink' });
    else if (kind === 8 && folder !== '.')
      files.set(at('Dockerfile'), { text: dockerfile(pick(['a', 'b'])), mode: 'file' });
    else if (random(2)) files.delete(at('.dockerignore'));
    else
      files.set(at('.dockerignore'), {
        text: [pick(rules), pick(rules), pick(rules)].join('\n'),
        mode: 'file',
      });
    // A tree has no file where it has a folder.
    for (const each of [...files.keys()])
      if (files.has(each.slice(0, each.indexOf('/', each.indexOf('/') + 1)))) files.delete(each);
    for (const each of [...files.keys()])
      if ([...files.keys()].some((other) => other.startsWith(`${each}/`))) files.delete(each);
  }

  const files = new Map(
    Object.entries(fixed).map(([path, text]) => [path, { text, mode: 'file' as TreeEntry['mode'] }]),
  );
  for (const folder of ['a', 'b', 'c'])
    files.set(`${folder}/Dockerfile`, { text: dockerfile('a'), mode: 'file' });
  let selected = 0;
  let base = await open(files);
  for (let round = 0; round < 600; round++) {
    for (let count = 1 + random(3); count > 0; count--) change(files);
    const head = await open(files);
    const changes = compareTrees(base.images.commit.entries, head.images.commit.entries);
    const affected = affectedImages(states(base.images), states(head.images), changes);
    const differing = [...head.digests]
      .filter(([id, digest]) => base.digests.get(id) !== digest)
      .map(([id]) => id);
    const told = new Set(affected.keys());
    const missed = differing.filter((id) => !told.has(id));
    expect([round, missed, [...files]]).toEqual([round, [], [...files]]);
    const changedOnly = [...told].filter((id) => !differing.includes(id)).map((id) => affected.get(id) ?? '');
    // A comment, a rule that keeps nothing out, or an error that takes the whole context.
    expect(
      changedOnly.filter(
        (reason) => !/Dockerfile |\.dockerignore|the build context|list of base/.test(reason),
      ),
    ).toEqual([]);
    selected += told.size;
    base = head;
  }
  expect(selected).toBeGreaterThan(200);
});

function states(images: CommitImages) {
  return [...images.images.values()].map((image) => imageState(image));
}

async function open(files: Files) {
  const contents = new Map<string, string>();
  const tree = [...files].map(([path, { text, mode }]): TreeEntry => {
    const oid = createHash('sha1').update(text).digest('hex');
    contents.set(oid, text);
    return { path, mode, oid };
  });
  const reader = { prefetch: async () => {}, read: (oid: string) => Buffer.from(contents.get(oid) ?? '') };
  const images = await readCommitImages(await commitOf('workspace', tree, reader));
  return { images, digests: planDigests(images, new Map(), {}) };
}
