import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { evaluateDockerfile } from './evaluate-dockerfile.js';
import { formatPort } from './parse-port.js';

/** What an image EXPOSEs, with the lines. */
function portsOf(text: string, target?: string): string[] {
  const options = { baseEnv: 'unknown' as const, ...(target !== undefined && { target }) };
  const { ports } = evaluateDockerfile(parseDockerfile(text), options);
  return ports.map((port) => `${port.place.line}: ${formatPort(port)}`);
}

it.each<[string, string, string[]]>([
  ['words', 'FROM a\nEXPOSE 80 53/UDP 8000-8010/sctp', ['2: 80/tcp', '2: 53/udp', '2: 8000-8010/sctp']],
  [
    'variables',
    'FROM a\nARG A=80\nENV P="$A 443/tcp"\nEXPOSE $P ${A:+9}',
    ['4: 80/tcp', '4: 443/tcp', '4: 9/tcp'],
  ],
  ['the container side of a mapping', 'FROM a\nEXPOSE 127.0.0.1:8080:80', ['2: 80/tcp']],
  [
    'stages that the target is built from, and no other',
    'FROM a AS base\nEXPOSE 80\nFROM b AS other\nEXPOSE 81\nFROM base\nCOPY --from=other / /\nEXPOSE 82',
    ['2: 80/tcp', '7: 82/tcp'],
  ],
  ['nothing that only the base image knows', 'FROM a\nEXPOSE $PORT 80', ['2: 80/tcp']],
  ['nothing that is no port', 'FROM a\nEXPOSE http 80', ['2: 80/tcp']],
])('%s', (_, text, ports) => expect(portsOf(text)).toEqual(ports));

it('are those of the stage that is built', () => {
  const text = 'FROM a AS one\nEXPOSE 80\nFROM one AS two\nEXPOSE 81';
  expect([portsOf(text, 'one'), portsOf(text)]).toEqual([['2: 80/tcp'], ['2: 80/tcp', '4: 81/tcp']]);
});
