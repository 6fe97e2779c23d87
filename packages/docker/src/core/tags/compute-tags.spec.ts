import { parseImageRef } from '../image/parse-image-ref.js';
import { computeTags, type TagOptions } from './compute-tags.js';
import { defaultTagRules } from './default-tag-rules.js';
import type { TagFacts } from './facts.js';

const sha = '0123456789abcdef0123456789abcdef01234567';
const push: TagFacts = {
  event: 'push',
  ref: 'refs/heads/main',
  sha,
  defaultBranch: 'main',
  commitDate: '2026-03-01T10:00:00+02:00',
};

describe('without rules', () => {
  it.each<[string, Partial<TagFacts>, string[]]>([
    ['the default branch', {}, ['main-0123456', 'main', 'latest']],
    ['another branch', { ref: 'refs/heads/feature/login' }, ['feature-login-0123456', 'feature-login']],
    ['a schedule', { event: 'schedule' }, ['main-0123456', 'main', 'latest']],
    ['a release', { ref: 'refs/tags/v1.2.3' }, ['1.2.3', '1.2', '1']],
    ['a release before 1.0', { ref: 'refs/tags/v0.4.1' }, ['0.4.1', '0.4']],
    ['a pre-release', { ref: 'refs/tags/v1.2.3-rc.1' }, ['1.2.3-rc.1']],
    ['a pull request', { event: 'pull_request', ref: 'refs/pull/7/merge', baseRef: 'main' }, ['pr-7']],
    ['nothing known', { ref: '', sha: '', defaultBranch: '' }, []],
  ])('names an image of %s, and has nothing to say about it', (_, facts, expected) => {
    const { tags, problems } = compute({ facts: { ...push, ...facts } });
    expect({ tags, problems }).toEqual({ tags: expected, problems: [] });
  });

  it('says once that a git tag is no version', () => {
    const { tags, problems } = compute({ facts: { ...push, ref: 'refs/tags/nightly' } });
    expect(tags).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      'a rule gives no tag: "nightly" is no version of the type semver',
    ]);
  });

  it('takes the immutable tag as the version', () => {
    expect(compute({}).version).toBe('main-0123456');
    expect(compute({}).labels).toContain('org.opencontainers.image.version=main-0123456');
  });

  it('has the rules of metadata-action for an empty list, as an input of it that is left empty', () => {
    expect(compute({ tags: [], facts: { ...push, ref: 'refs/tags/v1.2.3' } }).tags).toEqual([
      'v1.2.3',
      'latest',
    ]);
  });
});

describe('a tag that cannot be', () => {
  it.each([
    ['type=sha,prefix={{branch}}-', 'branch is empty for refs/tags/v1.2.3'],
    ['type=raw,value=from-{{base_ref}}-{{branch}}', 'base_ref and branch are empty for refs/tags/v1.2.3'],
    ['type=raw,value={{branch}}', 'branch is empty for refs/tags/v1.2.3'],
    ['type=semver,pattern={{version}},suffix=-{{branch}}', 'branch is empty for refs/tags/v1.2.3'],
    ['type=semver,pattern={{version}},value={{branch}}', 'branch is empty for refs/tags/v1.2.3'],
  ])('is not made of %s where a variable is empty', (rule, reason) => {
    const { tags, problems } = compute({
      tags: [rule, 'type=raw,value=kept'],
      facts: { ...push, ref: 'refs/tags/v1.2.3' },
    });
    expect(tags).toEqual(['kept']);
    expect(problems).toMatchObject([
      {
        code: 'TAG_UNUSABLE',
        severity: 'warning',
        message: expect.stringContaining(`gives no tag: ${reason}`),
      },
    ]);
  });

  it('may be asked for only where its variable has a value', () => {
    const tags = ['type=raw,value=x{{#if tag}}-{{tag}}{{/if}}'];
    expect(compute({ tags })).toMatchObject({ tags: ['x'], problems: [] });
  });

  it.each([
    ['-.-x', 'x'],
    ['..hidden', 'hidden'],
    ['_x', '_x'],
    ['a//b c', 'a-b-c'],
  ])('has nothing in front that a tag cannot begin with: %s becomes %s', (value, tag) => {
    expect(compute({ tags: [`type=raw,value=${value}`] }).tags).toEqual([tag]);
  });

  it('is reported where nothing remains', () => {
    const { tags, problems } = compute({
      tags: ['type=ref,event=branch'],
      facts: { ...push, ref: 'refs/heads/日本語' },
    });
    expect(tags).toEqual([]);
    expect(problems[0]?.message).toContain('nothing of "日本語" may stand in one');
  });

  it('is cut to 128 characters, with a hash of the whole', () => {
    const name = 'x'.repeat(200);
    const of = (branch: string) =>
      compute({ tags: ['type=ref,event=branch'], facts: { ...push, ref: `refs/heads/${branch}` } });
    const { tags, problems } = of(name);
    expect(tags).toEqual([`${'x'.repeat(119)}-aa20c23e`]);
    expect(problems[0]?.message).toContain('more than 128 characters');
    expect(of(`${name}y`).tags[0]).not.toBe(tags[0]);
    expect(of(name).tags).toEqual(tags);
  });
});

describe('two branches', () => {
  const branches = ['main', 'feature/a', 'feature-a', '_feature/b', 'latest'];

  it('that give one tag are reported', () => {
    const { tags, problems } = compute({ facts: { ...push, ref: 'refs/heads/feature/a', branches } });
    expect(tags).toEqual(['feature-a-0123456', 'feature-a']);
    expect(problems).toMatchObject([
      {
        code: 'TAG_COLLISION',
        severity: 'warning',
        message: 'the branch "feature/a" and the branch "feature-a" both give the tag feature-a',
      },
    ]);
  });

  it('are reported where one is named like a fixed tag of the other', () => {
    expect(compute({ facts: { ...push, branches } }).problems[0]?.message).toBe(
      'the branch "main" and the branch "latest" both give the tag latest',
    );
  });

  it('and git tags are reported too', () => {
    const facts = { ...push, ref: 'refs/tags/v1.2.3', branches: ['main', '1.2'] };
    expect(compute({ facts }).problems.map(({ message }) => message)).toEqual([
      'the git tag "v1.2.3" and the branch "1.2" both give the tag 1.2',
    ]);
  });

  it('are compared once for all images', () => {
    const facts = { ...push, branches: Array.from({ length: 2000 }, (_, i) => `feature/${i}`) };
    const first = elapsed(() => compute({ images: ['acme/a'], facts }));
    const rest = elapsed(() => compute({ images: ['acme/b'], facts: { ...facts } }));
    expect(rest).toBeLessThan(first / 2);
  });

  it('are no problem with the commit in the tag, or where both want it', () => {
    const tags = ['type=sha,prefix={{branch}}-', 'type=raw,value=newest'];
    expect(compute({ tags, facts: { ...push, ref: 'refs/heads/feature/a', branches } }).problems).toEqual([]);
  });
});

describe('hostile names', () => {
  it.each([
    '{{sha}}',
    '$(touch MARK)',
    '"; touch MARK; "',
    '{{#with (lookup this "constructor")}}{{this}}{{/with}}',
    '{{{{raw}}}}',
    '__proto__',
    'a\nb',
    '\u{1f600}',
    '&<>',
    '-leading',
  ])('of a branch stay text: %j', (branch) => {
    const facts = { ...push, ref: `refs/heads/${branch}`, branches: [branch, 'x'] };
    const tags = [...defaultTagRules, 'type=raw,value=x-{{branch}}', 'type=edge,branch={{branch}}'];
    const result = compute({ images: ['ghcr.io/acme/api'], tags, facts, labels: ['branch={{branch}}'] });
    expect(result.labels).toContain(`branch=${branch}`);
    expect(result.tags.length).toBeGreaterThan(0);
    expect(result.tags.map((tag) => parseImageRef(tag).reason)).toEqual(result.tags.map(() => undefined));
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('do not become HTML, as they do in metadata-action', () => {
    const facts = { ...push, ref: 'refs/heads/a&b' };
    expect(compute({ tags: ['type=raw,value={{branch}}'], facts }).tags).toEqual(['a-b']);
  });
});

describe('rules that cannot be read', () => {
  it.each([
    ['type=semver', 'it has no pattern', 'add pattern=… to it'],
    ['type=shaa', 'there is no type shaa', 'write type=sha'],
    ['type=raw,value={{brnch}}', 'there is no variable brnch', 'write {{branch}}'],
    [
      'type=raw,value=x,enable={{#if brnch}}true{{else}}false{{/if}}',
      'there is no variable brnch',
      'write {{branch}}',
    ],
    ['type=raw,value={{#if tag}}', "got 'EOF'", 'correct the expression'],
    ['type=raw,value={{> partial}}', 'The partial partial could not be found', 'correct the expression'],
    ['type=raw,value={{log "x"}}', 'quotes', 'use single quotes'],
    ["type=raw,value={{log 'x'}}", 'Missing helper: "log"', 'correct the expression'],
    ["type=raw,value={{date 'YYYY' tz='Mars/Olympus'}}", 'there is no time zone Mars/Olympus', 'correct'],
    ["type=raw,value={{date 'YYYY' zone='UTC'}}", 'date has no option zone', 'correct'],
    ['type=raw,value=${{ github.sha }}', 'an expression of GitHub Actions', 'write it with {{branch}}'],
    ['type=raw,value=x,enable=yes', 'enable is "yes"', 'let enable become true or false'],
    ['type=match,pattern=(', '( is no regular expression', 'correct the pattern'],
    ['type=raw,value=x,priority=high', 'priority is high', 'set priority to a number'],
    ['type=raw,"value=x', 'its quotes are not those of CSV', 'put double quotes around a whole field'],
  ])('%s: the others still count', (rule, failure, fix) => {
    const { tags, problems } = compute({
      tags: [rule, 'type=sha'],
      facts: { ...push, ref: 'refs/tags/v1.0.0' },
    });
    expect(tags).toEqual(['sha-0123456']);
    expect(problems).toMatchObject([
      {
        code: 'TAG_RULE_INVALID',
        severity: 'error',
        message: expect.stringContaining(failure),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  it('says what a stray attribute does: nothing', () => {
    const { tags, problems } = compute({ tags: ['type=edge,event=branch'] });
    expect(tags).toEqual(['edge']);
    expect(problems[0]?.message).toContain('the attribute event has no meaning in the tag rule');
  });

  it('takes a pasted block with comments', () => {
    expect(compute({ tags: ['# ours\n  type=edge\n\n  type=sha\n'] }).tags).toEqual(['edge', 'sha-0123456']);
  });
});

describe('images', () => {
  it('each get each tag, in lower case and once', () => {
    const images = ['GHCR.io/Acme/API,ghcr.io/acme/api', 'name=acme/api,enable=false', 'name=acme/web'];
    expect(compute({ images, tags: ['one', 'two'] }).tags).toEqual([
      'ghcr.io/acme/api:one',
      'ghcr.io/acme/api:two',
      'acme/web:one',
      'acme/web:two',
    ]);
  });

  it('all disabled get no tag, while without images the tags stand alone', () => {
    expect(compute({ images: ['acme/api,enable=false'], tags: ['one'] }).tags).toEqual([]);
    expect(compute({ images: [], tags: ['one'] }).tags).toEqual(['one']);
  });

  it.each(['acme/api:latest', 'acme/äpi', 'http://acme/api'])('%s is refused', (image) => {
    const { tags, problems } = compute({ images: [image], tags: ['one'] });
    expect(tags).toEqual([]);
    expect(problems).toMatchObject([{ code: 'TAG_RULE_INVALID', severity: 'error' }]);
  });
});

describe('labels', () => {
  it('say when the commit was made, not when the image was', () => {
    expect(compute({}).labels).toContain('org.opencontainers.image.created=2026-03-01T08:00:00.000Z');
    const { commitDate: _, ...undated } = push;
    expect(compute({ facts: undated }).labels).toContain(
      'org.opencontainers.image.created=2026-04-05T06:07:08.009Z',
    );
    const labels = ["org.opencontainers.image.created={{date 'YYYY-MM-DDTHH:mm:ss.SSS[Z]'}}"];
    expect(compute({ labels }).labels).toContain('org.opencontainers.image.created=2026-04-05T06:07:08.009Z');
  });

  it('of the options win, and keep what is behind the first =', () => {
    const labels = ['org.opencontainers.image.title=a=b', 'team=x', '__proto__=y', 'none'];
    const result = compute({ labels });
    expect(result.labels).toEqual(
      expect.arrayContaining(['org.opencontainers.image.title=a=b', 'team=x', '__proto__=y']),
    );
    expect(result.labels).toHaveLength(10);
    expect(result.problems[0]?.message).toBe('the label "none" is left out: it has no key and value');
  });

  it('become annotations of each level', () => {
    const { annotations } = compute({ annotations: ['a=b'], annotationLevels: ['manifest', 'index'] });
    expect(annotations).toHaveLength(18);
    expect(annotations).toEqual(expect.arrayContaining(['manifest:a=b', 'index:a=b']));
  });
});

function compute(options: Partial<TagOptions>) {
  return computeTags({ images: [], facts: push, now: new Date('2026-04-05T06:07:08.009Z'), ...options });
}

function elapsed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
