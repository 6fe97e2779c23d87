import { findNamedContext, readNamedContexts } from './named-contexts.js';

const amd = { os: 'linux', architecture: 'amd64', variant: '' };
const arm = { os: 'linux', architecture: 'arm64', variant: '' };

describe('findNamedContext', () => {
  const contexts = readNamedContexts(
    {
      'docker.io/library/base:latest': './base',
      'node:20': 'docker-image://other',
      'base::linux/arm64': './arm',
      scratch: 'x',
    },
    amd,
  );

  test.each([
    ['base', './base'],
    ['base:latest', './base'],
    ['docker.io/library/base', './base'],
    ['base:3', undefined],
    ['node:20', 'other'],
    ['docker.io/library/node:20', 'other'],
    ['node', undefined],
    ['scratch', undefined],
  ])('%s is replaced by %j', (name, value) => {
    expect(findNamedContext(contexts, name, amd)?.value).toBe(value);
  });

  test('one for the platform wins', () => {
    expect(findNamedContext(contexts, 'base', arm)).toEqual({
      key: 'base::linux/arm64',
      kind: 'local',
      value: './arm',
    });
  });
});

test.each([
  ['../lib', 'local', '../lib'],
  ['local:lib', 'local', 'lib'],
  ['docker-image://alpine:3', 'image', 'alpine:3'],
  ['oci-layout:///x@sha256:a', 'other', '/x@sha256:a'],
  ['target:app', 'other', 'app'],
  ['https://h.org/r.git#v1', 'git', 'https://h.org/r.git#v1'],
  ['git@h.org:r.git', 'git', 'git@h.org:r.git'],
  ['https://h.org/x.tar', 'http', 'https://h.org/x.tar'],
])('%s is %s', (text, kind, value) => {
  expect(readNamedContexts({ a: text }, amd).get('a')).toEqual({ key: 'a', kind, value });
});
