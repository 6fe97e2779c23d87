import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleRecord } from '../../../testing/sample-record.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { setReferences } from './set-references.js';

const digest = `sha256:${'ab'.repeat(32)}`;
const wanted = `ghcr.io/acme/api:main-bcae089@${digest}`;
const pod = 'kind: Pod\nimage: ghcr.io/acme/api:latest # why\n';

const record = sampleRecord;

const entry = { plugin: '@moltbook/docker/plugin', options: { kubernetes: { paths: ['k8s'] } } };
const nxJson = { 'nx.json': JSON.stringify({ plugins: [entry] }) };

function read(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

describe('setReferences', () => {
  it('writes the files that nx.json names, and no others', async () => {
    const given = {
      'k8s/api.yml': pod,
      'k8s/a $(touch MARK) "b"\n🚀.yaml': pod,
      'k8s/broken.yml': 'name: api\nb: [\n',
      'k8s/none.yml': 'image: ghcr.io/acme/web:1\n',
      'k8s/notes.md': pod,
      'k8s/project.json': '{"image": "ghcr.io/acme/api:latest"}',
      'k8s/chart/Chart.yaml': 'name: chart\n',
      'k8s/chart/templates/pod.yaml': pod,
      'other/api.yml': pod,
    };
    const root = temporaryWorkspace({ ...nxJson, ...given });
    const { changed, edits, problems } = await setReferences(root, [record]);
    expect(changed).toEqual(['k8s/a $(touch MARK) "b"\n🚀.yaml', 'k8s/api.yml']);
    expect(edits.map(({ place, from, to }) => [place.line, place.column, from, to])).toEqual(
      changed.map(() => [2, 8, 'ghcr.io/acme/api:latest', wanted]),
    );
    expect(problems).toEqual([]);
    for (const [file, text] of Object.entries(given)) {
      const expected = changed.includes(file) ? `kind: Pod\nimage: ${wanted} # why\n` : text;
      expect([file, read(root, file)]).toEqual([file, expected]);
    }
  });

  it.each([
    ['k8s/api.yml', ['k8s/api.yml']],
    ['k8s/*.yaml', ['k8s/web.yaml']],
    ['./k8s/', ['k8s/api.yml', 'k8s/web.yaml']],
    ['.', ['k8s/api.yml', 'k8s/web.yaml', 'other.yml']],
  ])('takes the path %s', async (path, expected) => {
    const root = temporaryWorkspace({ 'k8s/api.yml': pod, 'k8s/web.yaml': pod, 'other.yml': pod });
    expect((await setReferences(root, [record], { paths: [path] })).changed).toEqual(expected);
  });

  it.each([
    [[], 'nothing says which files are manifests'],
    [['k8'], 'there is no file at or below "k8"'],
  ])('refuses the paths %j', async (paths, message) => {
    const root = temporaryWorkspace({ 'k8s/api.yml': pod });
    await expect(setReferences(root, [record], { paths })).rejects.toThrow(message);
  });

  it('leaves a reference that has the digest already, whatever its tag', async () => {
    const text = `image: ghcr.io/acme/api:main-0000000@${digest}\n`;
    const root = temporaryWorkspace({ ...nxJson, 'k8s/api.yml': text });
    expect(await setReferences(root, [record])).toEqual({ changed: [], edits: [], problems: [] });
    expect(read(root, 'k8s/api.yml')).toBe(text);
  });

  it('leaves a name alone that a kustomization gives its version', async () => {
    const given = {
      'k8s/base/api.yml': 'image: ghcr.io/acme/api\n',
      'k8s/base/kustomization.yml': 'resources: [api.yml]\n',
      'k8s/kustomization.yml': 'resources: [./base]\nimages:\n- name: ghcr.io/acme/api\n  newTag: v1\n',
      'k8s/other.yml': 'image: ghcr.io/acme/api\n',
    };
    const root = temporaryWorkspace({ ...nxJson, ...given });
    expect((await setReferences(root, [record])).changed).toEqual(['k8s/kustomization.yml', 'k8s/other.yml']);
  });

  it('says what would change and writes nothing', async () => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/api.yml': pod });
    expect((await setReferences(root, [record], { write: false })).changed).toEqual(['k8s/api.yml']);
    expect(read(root, 'k8s/api.yml')).toBe(pod);
  });

  it('keeps modes, and writes through a link', async () => {
    const root = temporaryWorkspace({ ...nxJson, 'base/api.yml': pod, 'k8s/other.yml': '' });
    chmodSync(join(root, 'base/api.yml'), 0o750);
    symlinkSync('../base/api.yml', join(root, 'k8s/api.yml'));
    expect((await setReferences(root, [record])).changed).toEqual(['k8s/api.yml']);
    expect(read(root, 'base/api.yml')).toContain(wanted);
    expect(statSync(join(root, 'base/api.yml')).mode & 0o777).toBe(0o750);
  });
});

/** In each case a good file stands first, and must not be written either. */
describe('setReferences writes nothing', () => {
  const bad = {
    'where a file cannot be parsed': {
      text: 'image: ghcr.io/acme/api: 1\n',
      says: /^k8s\/b.yml cannot be parsed/,
    },
    'where a file is not UTF-8': {
      text: Buffer.from(`# \xe9\n${pod}`, 'latin1'),
      says: /^k8s\/b.yml is not UTF-8/,
    },
    'where a chart has no place for a digest': {
      text: 'image: {repository: ghcr.io/acme/api, tag: v1}\n',
      says: /there is no key for a digest alone/,
      form: 'digest' as const,
    },
  };

  it.each(Object.entries(bad))('%s', async (_, { text, says, ...options }) => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
    writeFileSync(join(root, 'k8s/b.yml'), text);
    const { changed, problems } = await setReferences(root, [record], options);
    expect([changed, problems.map(({ message }) => message)]).toEqual([[], [expect.stringMatching(says)]]);
    expect(read(root, 'k8s/a.yml')).toBe(pod);
  });

  it('where a file is read-only', async () => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod, 'k8s/b.yml': pod });
    chmodSync(join(root, 'k8s/b.yml'), 0o444);
    await expect(setReferences(root, [record])).rejects.toThrow('k8s/b.yml is read-only');
    expect(read(root, 'k8s/a.yml')).toBe(pod);
  });

  it('where a file is not UTF-8, and says where', async () => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
    writeFileSync(join(root, 'k8s/b.yml'), Buffer.from(`${pod}# ä caf\xe9\n`, 'latin1'));
    const { problems } = await setReferences(root, [record]);
    expect(problems).toMatchObject([
      { place: { file: 'k8s/b.yml', line: 3, column: 3 }, sourceLine: '# \ufffd caf\ufffd' },
    ]);
  });

  it('where a link leads out of the workspace', async () => {
    const outside = temporaryWorkspace({ 'pod.yml': pod });
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
    symlinkSync(join(outside, 'pod.yml'), join(root, 'k8s/b.yml'));
    await expect(setReferences(root, [record])).rejects.toThrow('k8s/b.yml is a link to a file outside');
    expect([read(root, 'k8s/a.yml'), read(outside, 'pod.yml')]).toEqual([pod, pod]);
  });

  it('for an image that was not pushed, or twice', async () => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
    const { pushed: _, ...local } = record;
    const other = { ...record, digest: `sha256:${'cd'.repeat(32)}` };
    expect((await setReferences(root, [local])).problems[0]?.code).toBe('REFERENCE_MISSING');
    expect((await setReferences(root, [record, other])).problems[0]?.code).toBe('REFERENCE_INVALID');
    expect(read(root, 'k8s/a.yml')).toBe(pod);
  });

  it.each([
    ['has neither', async () => undefined, `the registry has no ghcr.io/acme/api@${digest}`],
    [
      'has no tag',
      async (ref: string) => (ref.includes('@') ? digest : undefined),
      'the registry has no ghcr.io/acme/api:main-bcae089',
    ],
    [
      'has another image under the tag',
      async (ref: string) => (ref.includes('@') ? digest : `sha256:${'0'.repeat(64)}`),
      `the registry has sha256:${'0'.repeat(64)} under ghcr.io/acme/api:main-bcae089, and not ${digest}`,
    ],
  ])('where the registry %s', async (_, prove, message) => {
    const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
    const { changed, problems } = await setReferences(root, [record], { prove });
    expect([changed, problems.map((problem) => problem.message)]).toEqual([[], [message]]);
    expect(read(root, 'k8s/a.yml')).toBe(pod);
  });
});

it('asks the registry only for what it is about to write', async () => {
  const root = temporaryWorkspace({ ...nxJson, 'k8s/a.yml': pod });
  const asked: string[] = [];
  const prove = async (reference: string) => {
    asked.push(reference);
    return digest;
  };
  const web = { ...record, project: 'web', image: 'ghcr.io/acme/web', imageRef: 'ghcr.io/acme/web:1.2.3' };
  await setReferences(root, [record, web], { prove });
  expect(asked).toEqual([`ghcr.io/acme/api@${digest}`, 'ghcr.io/acme/api:main-bcae089']);
});
