import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { computeGlobalArgs, readArgs } from './global-args.js';

const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
const buildPlatform = { os: 'linux', architecture: 'amd64', variant: '' };

function compute(text: string, buildArgs: Record<string, string | null> = {}, target = '') {
  const faults: string[] = [];
  const args = computeGlobalArgs(parseDockerfile(text), {
    buildArgs: new Map(Object.entries(buildArgs)),
    platform,
    buildPlatform,
    target,
    onFault: (_range, { message }) => faults.push(message),
  });
  return { args, faults };
}

test('predefined arguments describe both platforms and the target', () => {
  const { args } = compute('FROM a\nFROM b AS last');
  expect(Object.fromEntries([...args].map(([name, { text }]) => [name, text]))).toEqual({
    BUILDPLATFORM: 'linux/amd64',
    BUILDOS: 'linux',
    BUILDOSVERSION: '',
    BUILDARCH: 'amd64',
    BUILDVARIANT: '',
    TARGETPLATFORM: 'linux/arm/v7',
    TARGETOS: 'linux',
    TARGETOSVERSION: '',
    TARGETARCH: 'arm',
    TARGETVARIANT: 'v7',
    TARGETSTAGE: 'last',
  });
  expect(compute('FROM a', {}, 'Given').args.get('TARGETSTAGE')).toEqual({ text: 'Given' });
  expect(compute('FROM a', { TARGETARCH: 'x' }).args.get('TARGETARCH')).toEqual({ text: 'x' });
});

test.each([
  ['a default', 'ARG A=1', {}, { text: '1' }],
  ['a default of another', 'ARG B=x\nARG A=$B/$TARGETARCH', {}, { text: 'x/arm' }],
  ['a value that is given', 'ARG A=1', { A: '$B' }, { text: '$B' }],
  ['no default', 'ARG A', {}, undefined],
  ['a value that only the build knows', 'ARG A=1', { A: null }, { text: '1', knownPrefix: '' }],
  ['one that depends on such a value', 'ARG B\nARG A=x/$B', { B: null }, { text: 'x/', knownPrefix: 'x/' }],
  ['none for an ARG of a stage', 'FROM a\nARG A=1', {}, undefined],
])('A has %s', (_title, text, buildArgs, value) => {
  const { args, faults } = compute(text, buildArgs);
  expect(faults).toEqual([]);
  expect(args.get('A')).toEqual(value === undefined ? undefined : expect.objectContaining(value));
});

test('a malformed default is a fault, unless a value is given', () => {
  expect(compute('ARG A=${').faults).toEqual([`failed to process "\${": syntax error: missing '}'`]);
  expect(compute('ARG A=${', { A: '1' }).faults).toEqual([]);
});

test('readArgs cuts at the first =', () => {
  expect(readArgs(['A', 'B=', 'C=1=2'])).toEqual([
    { name: 'A', value: undefined },
    { name: 'B', value: '' },
    { name: 'C', value: '1=2' },
  ]);
});
