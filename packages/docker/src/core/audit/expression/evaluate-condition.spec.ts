import { type ConditionValue, evaluateCondition } from './evaluate-condition.js';

const names: Readonly<Record<string, ConditionValue>> = {
  'github.event_name': 'push',
  'github.ref': 'refs/heads/main',
  'github.head_ref': null,
  'needs.changes.outputs.api': 'true',
  'needs.changes.outputs.changes': '["api","web"]',
  $CI_COMMIT_BRANCH: 'main',
  $CI_COMMIT_TAG: null,
};

function evaluate(text: string, language: 'github' | 'gitlab' = 'github') {
  return evaluateCondition(text, { language, lookUp: (parts) => names[parts.join('.')] });
}

it.each<[string, boolean | undefined]>([
  ["needs.changes.outputs.api == 'true'", true],
  ["${{ needs.changes.outputs.api == 'true' }}", true],
  ["needs.changes.outputs['api'] == 'TRUE'", true],
  ['needs.changes.outputs.api == true', false],
  ["contains(needs.changes.outputs.changes, 'api')", true],
  ["contains(fromJSON(needs.changes.outputs.changes), 'ap')", false],
  ["github.event_name != 'pull_request' && startsWith(github.ref, 'refs/heads/')", true],
  ["github.event_name == 'pull_request' && vars.ON", false],
  ["github.event_name == 'push' || vars.ON", true],
  ["github.event_name == 'push' && vars.ON", undefined],
  ['!vars.ON', undefined],
  ["!(github.ref == 'refs/heads/main')", false],
  ['always() && !cancelled() && !failure()', true],
  ['github.head_ref', false],
  ["github.ref == format('refs/heads/{0}', 'main')", true],
  ['needs.*.result', undefined],
  ['1 < 2 && 2 >= 2', true],
  ["'it''s' == 'it''s'", true],
  ['a b', undefined],
  ['(', undefined],
  ['', undefined],
])('%s is %j in GitHub Actions', (text, expected) => expect(evaluate(text)).toBe(expected));

it.each<[string, boolean | undefined]>([
  ['$CI_COMMIT_BRANCH == "main"', true],
  ['$CI_COMMIT_BRANCH == "Main"', false],
  ['$CI_COMMIT_BRANCH =~ /^ma/', true],
  ['$CI_COMMIT_BRANCH !~ /^MA/i', false],
  ['$CI_COMMIT_BRANCH =~ /(/', undefined],
  ['$CI_COMMIT_TAG', false],
  ['$CI_COMMIT_TAG == null', true],
  ['$CI_COMMIT_BRANCH && $OTHER == "x"', undefined],
])('%s is %j in GitLab', (text, expected) => expect(evaluate(text, 'gitlab')).toBe(expected));
