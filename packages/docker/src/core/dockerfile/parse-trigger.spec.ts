import { parseDockerfile } from './parse-dockerfile.js';
import { formatTrigger, parseTrigger } from './parse-trigger.js';

test('a trigger keeps the heredocs of its ONBUILD', () => {
  const [onbuild] = parseDockerfile('onbuild COPY <<A b /x\nbody\nA\n').instructions;
  const text = onbuild ? formatTrigger(onbuild) : '';
  expect(text).toBe('COPY <<A b /x\nbody\nA');
  expect(parseTrigger(text).instruction).toMatchObject({
    keyword: 'COPY',
    heredocs: [{ content: 'body\n' }],
  });
});

test.each([
  ['NONSENSE', 'unknown instruction: NONSENSE'],
  ['RUN a\nRUN b', 'an ONBUILD trigger has to be a single instruction'],
  ['CMD [1]', 'a JSON array of arguments must be comprised of strings only'],
])('%j cannot run: %s', (text, failure) => {
  expect(parseTrigger(text)).toEqual({ failure });
});
