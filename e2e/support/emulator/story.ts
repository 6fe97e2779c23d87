import { readRegistry } from './registry-state.js';
import { type Shop, shopImages } from './shop.js';

/** What happens to the images of a shop, in short names: commits are C1, C2 …, digests D1, D2 …, as they come up. */
export interface Story {
  /** Names a commit that is about to be built. */
  addCommit(sha: string): void;
  /**
   * What is different since the last call, and nothing else: `app: D2 gets latest main-C3`, `app: latest is gone`,
   * `k8s/app: main-C3@D2`.
   */
  changes(): Promise<string[]>;
}

type State = ReadonlyMap<string, ReadonlyMap<string, string>>;

const byNumber = new Intl.Collator('en', { numeric: true });

export function createStory({ github, developer }: Shop): Story {
  const commits: string[] = [];
  const digests: string[] = [];
  const owner = github.repository.split('/')[0] ?? '';
  let last: State = new Map();

  const shortCommits = (text: string) =>
    commits.reduce(
      (short, sha, i) => short.replaceAll(sha, `C${i + 1}`).replaceAll(sha.slice(0, 7), `C${i + 1}`),
      text,
    );
  const shortDigest = (digest: string) => {
    if (!digests.includes(digest)) digests.push(digest);
    return `D${digests.indexOf(digest) + 1}`;
  };

  async function tags(): Promise<State> {
    const registry = process.env.MOLTBOOK_REGISTRY ?? '';
    const state = await readRegistry(
      registry,
      shopImages.map((name) => `${owner}/${name}`),
    );
    const short = [...state].map(([repository, found]) => {
      const named = [...found].map(([tag, digest]) => [shortCommits(tag), digest] as const);
      // The marks of commits name the digests: they come up in the order of their commits.
      const order = named.sort(([a], [b]) => markFirst(b) - markFirst(a) || byNumber.compare(a, b));
      return [
        repository.split('/').at(-1) ?? '',
        new Map(order.map(([tag, digest]) => [tag, shortDigest(digest)])),
      ] as const;
    });
    return new Map(short);
  }

  async function manifests(): Promise<State> {
    const entries = ['alone', 'app'].map(async (name) => {
      const [, reference = ''] =
        /image: \S+?(?:\/[\w-]+)+:(\S+)/.exec(await developer.read(`k8s/${name}.yml`)) ?? [];
      const short = shortCommits(reference).replace(/sha256:\w+/, shortDigest);
      return [`k8s/${name}`, new Map([['', short]])] as const;
    });
    return new Map(await Promise.all(entries));
  }

  return {
    addCommit: (sha) => {
      if (!commits.includes(sha)) commits.push(sha);
    },
    changes: async () => {
      // What references have pushed.
      const tip = await developer.tip();
      if (!commits.includes(tip)) commits.push(tip);
      const now = new Map([...(await tags()), ...(await manifests())]);
      const before = last;
      last = now;
      return [...now].flatMap(([name, state]) => differences(name, before.get(name) ?? new Map(), state));
    },
  };
}

function differences(
  name: string,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string[] {
  const got = [...now].filter(([tag, digest]) => before.get(tag) !== digest);
  if (name.startsWith('k8s/')) return got.map(([, reference]) => `${name}: ${reference}`);
  const gone = [...before.keys()].filter((tag) => !now.has(tag)).map((tag) => `${name}: ${tag} is gone`);
  const changed = [...new Set(got.map(([, digest]) => digest))].sort(byNumber.compare).map((digest) => {
    const names = got
      .filter(([, each]) => each === digest)
      .map(([tag]) => tag.replace(/^inputs-.*/, 'inputs'));
    return `${name}: ${digest} gets ${names.sort(byNumber.compare).join(' ')}`;
  });
  return [...changed, ...gone];
}

function markFirst(tag: string): number {
  return tag.startsWith('sha-') ? 1 : 0;
}
