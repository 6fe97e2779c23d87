import { checkDigest, checkMode, checkPort, checkSignal } from './instruction-values.js';

test.each([
  [checkSignal, ['9', 'SIGTERM', 'kill', 'RTMIN+3', 'SIGRTMAX-1'], ['0', 'SIGNOTHING', 'RTMIN+16', '']],
  [
    checkPort,
    ['80', '80/udp', '8000-8010/tcp', '80 443', '127.0.0.1:80:80', ''],
    ['http', '70000', '90-80', '80/http'],
  ],
  [checkMode, ['755', '0', '07777', 'u+x', 'u=rwX,go=rX', '+x'], ['8', '17777', 'x', 'u', 'rwx']],
  [checkDigest, [`sha256:${'a'.repeat(64)}`], ['sha256:a', `md5:${'a'.repeat(32)}`, '']],
] as const)('%p', (check, valid, invalid) => {
  expect(valid.filter((text) => check(text) !== undefined)).toEqual([]);
  expect(invalid.filter((text) => check(text) === undefined)).toEqual([]);
});
