import type { Problem } from '../errors.js';
import { problemAnnotations } from './problem-annotations.js';
import { problemsSarif } from './problems-sarif.js';

const problem: Problem = {
  code: 'REFERENCE_STALE',
  severity: 'error',
  message: '100% stale\n::error::injected',
  fix: 'run it',
  place: { file: 'k8s/a, b: "c"\n#1.yml', line: 3, column: 9 },
};
const { place: _, ...nowhere } = problem;

it('annotations cannot be ended by what they hold', () => {
  expect(problemAnnotations([problem, { ...nowhere, severity: 'warning' }])).toEqual([
    '::error file=k8s/a%2C b%3A "c"%0A#1.yml,line=3,col=9,title=REFERENCE_STALE::100%25 stale%0A::error::injected. Fix: run it',
    '::warning title=REFERENCE_STALE::100%25 stale%0A::error::injected. Fix: run it',
  ]);
});

it('SARIF names the rule, the file as a URI and the place', () => {
  const { runs } = JSON.parse(problemsSarif([problem, nowhere], 'moltbook-docker k8s check'));
  expect(runs[0].tool.driver.rules).toEqual([
    {
      id: 'REFERENCE_STALE',
      shortDescription: { text: expect.stringMatching(/^A manifest names another version/) },
      helpUri: 'https://github.com/ardenone/moltbook/blob/main/docs/errors.md#reference_stale',
    },
  ]);
  expect(runs[0].results.map((result: { locations?: unknown }) => result.locations)).toEqual([
    [
      {
        physicalLocation: {
          artifactLocation: { uri: 'k8s/a%2C%20b%3A%20%22c%22%0A%231.yml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 9 },
        },
      },
    ],
    undefined,
  ]);
});

it('SARIF of nothing has no results', () => {
  expect(JSON.parse(problemsSarif([], 'x')).runs[0].results).toEqual([]);
});
