import { parseDockerfile } from './parse-dockerfile.js';

test('each FROM starts a stage', () => {
  const { metaArgs, stages } = parseDockerfile('ARG A\nFROM --platform=$A a AS Name\nRUN x\nARG B\nFROM b\n');
  expect(metaArgs.map(({ args }) => args)).toEqual([['A']]);
  expect(stages.map(({ index, name, base, platform }) => ({ index, name, base, platform }))).toEqual([
    { index: 0, name: 'name', base: 'a', platform: '$A' },
    { index: 1, name: '', base: 'b', platform: '' },
  ]);
  expect(stages.map(({ instructions }) => instructions.map(({ keyword }) => keyword))).toEqual([
    ['RUN', 'ARG'],
    [],
  ]);
});

test('a malformed FROM still starts a stage', () => {
  const { stages } = parseDockerfile('FROM\nFROM a as 1\nFROM a b c');
  expect(stages.map(({ base, name }) => [base, name])).toEqual([
    ['', ''],
    ['a', ''],
    ['a', ''],
  ]);
});
