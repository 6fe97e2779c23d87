import { evaluateCondition } from './evaluate-condition.js';

const contexts = {
  github: { event_name: 'push', ref: 'refs/heads/main', event: { number: 7 } },
  needs: {
    plan: { result: 'success', outputs: { count_0: '2', count_1: '0' } },
    build: { result: 'skipped' },
  },
};

function evaluate(condition: string | undefined, { success = true, cancelled = false } = {}) {
  const functions = {
    success: () => success,
    failure: () => !success,
    cancelled: () => cancelled,
    always: () => true,
  };
  return evaluateCondition(condition, { contexts, functions });
}

it.each([
  ['nothing', undefined, true],
  ['a comparison without braces', "github.event_name == 'push'", true],
  ['one in braces', "${{ github.event_name == 'pull_request' }}", false],
  ['texts without regard to case', "github.event_name == 'PUSH'", true],
  ['a number and a text', "github.event.number == '7'", true],
  ['an unknown property, which is empty', "github.nothing == ''", true],
  ['a text beside an expression, always true', '${{ false }} && false', true],
  ['a line break after the expression, always true', '${{ false }}\n', true],
  ['quotes and braces in such a text', "it's {0} ${{ false }}", true],
  ['braces within a quoted text', "${{ '}}' != '' }}", true],
  ['contains over a list', `contains(fromJSON('["success","skipped"]'), needs.build.result)`, true],
  ['a star over all jobs', "contains(needs.*.result, 'failure')", false],
])('%s: %s is %s', (_, condition, holds) => expect(evaluate(condition).holds).toBe(holds));

it.each([
  [undefined, false],
  ['true', false],
  ['failure()', true],
  ['always()', true],
  ["!cancelled() && needs.plan.result == 'success'", true],
  ["github.event_name == 'failure()'", false],
])('after a failure %s is %s', (condition, holds) =>
  expect(evaluate(condition, { success: false }).holds).toBe(holds),
);

it.each([
  [
    "github.event_name == 'push' && needs.plan.outputs.count_1 != '0'",
    "`needs.plan.outputs.count_1 != '0'` is false: needs.plan.outputs.count_1 is '0'",
  ],
  [
    "!cancelled() && (github.ref == 'refs/heads/main' && github.event_name == 'merge_group')",
    "`github.event_name == 'merge_group'` is false: github.event_name is 'push'",
  ],
  [
    "(github.event_name == 'a' || github.event_name == 'b')",
    "`github.event_name == 'a' || github.event_name == 'b'` is false: github.event_name is 'push'",
  ],
  ['needs.build.outputs.x', '`needs.build.outputs.x` is false: needs.build.outputs.x is null'],
])('says of %s what is false', (condition, because) => expect(evaluate(condition).because).toBe(because));

it.each([
  ["matrix.id == 'a'", 'Unrecognized named-value'],
  ['nothing()', 'Unrecognized function'],
  ["github.ref == 'a", 'Unexpected symbol'],
  ['github.ref ==', 'Unexpected end of expression'],
])('refuses %s', (condition, message) => expect(() => evaluate(condition)).toThrow(message));
