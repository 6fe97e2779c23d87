import { baseLabels, parseBaseLabels } from './base-labels.js';

const [a, b] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`) as [string, string];
const label = 'io.moltbook.docker.bases';

it('says what an image is built from, in whatever order that was asked', () => {
  const bases: [string, string][] = [
    ['docker.io/library/node:20', a],
    ['docker.io/library/alpine:latest', b],
  ];
  const text = `{"docker.io/library/alpine:latest":"${b}","docker.io/library/node:20":"${a}"}`;
  expect(baseLabels(new Map(bases))).toEqual({ [label]: text });
  expect(baseLabels(new Map(bases.reverse()), 'docker.io/library/node:20')).toEqual({
    [label]: text,
    'org.opencontainers.image.base.name': 'docker.io/library/node:20',
    'org.opencontainers.image.base.digest': a,
  });
  expect(Object.fromEntries(parseBaseLabels({ [label]: text }))).toEqual(Object.fromEntries(bases));
});

it('says nothing where there is nothing', () => {
  expect(baseLabels(new Map())).toEqual({});
  expect(parseBaseLabels({}).size).toBe(0);
});

it.each([
  '',
  'garbage',
  'null',
  '"text"',
  '[[]]',
  '{"node:20":1}',
  '{"node:20":"sha256:a"}',
  `{"no reference":"${a}"}`,
  `{"__proto__":"${a}"}`,
  `{"node:20":["${a}", "${a}"]}`,
])('reads nothing out of %j', (text) => {
  expect(parseBaseLabels({ [label]: text }).size).toBe(0);
});
