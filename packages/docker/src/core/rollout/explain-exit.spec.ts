import { explainExit } from './explain-exit.js';

it.each([
  [{ exitCode: 1, reason: 'Error' }, 'it ended with exit code 1'],
  [{ exitCode: 0, reason: 'Completed' }, 'it ended with exit code 0, although it should go on'],
  [{ exitCode: 127 }, 'it ended with exit code 127, its command is not in the image'],
  [
    { exitCode: 137, reason: 'Error' },
    'it ended with exit code 137, it was killed (SIGKILL), as a liveness probe or the node does it',
  ],
  [{ exitCode: 137, reason: 'OOMKilled' }, 'it used more memory than its limit and was killed (OOMKilled)'],
  [{ exitCode: 3, signal: 9 }, 'it ended with exit code 3, ended by signal 9'],
  [{}, 'it ended'],
])('%j: %s', (ended, message) => expect(explainExit(ended, 'kubectl logs').message).toBe(message));
