import type { AuditReport } from '../audit-report.js';
import { replay } from '../replay/replay.js';
import { formatAuditHtml } from './format-audit-html.js';

const hostile = '<img src=x onerror="x">';

const report: AuditReport = {
  version: 1,
  workflows: [],
  images: [],
  findings: [
    {
      rule: 'input-missed',
      severity: 'error',
      file: hostile,
      line: 3,
      column: 5,
      message: `${hostile} is covered by no pattern`,
      fix: `add ${hostile}`,
      image: null,
      files: [],
      patterns: [],
    },
  ],
};

function replayed(words: string) {
  const commits = words.split(' ').map((word, index) => ({
    commit: String(index).repeat(40),
    time: 86_400 * index,
    subject: hostile,
    images: new Map([
      [
        'api:docker-build',
        {
          inputs: word.charAt(0),
          project: false,
          reason: hostile,
          filters: { runs: word.includes('+'), because: hostile },
        },
      ],
    ]),
  }));
  return { commits, images: replay(commits, new Map([['api:docker-build', 'a']])) };
}

it('lets nothing of a repository become markup', () => {
  const page = formatAuditHtml({ title: hostile, report, replay: replayed('a b b+ c') });
  expect(page).not.toContain('<img');
  expect(page.match(/&lt;img/g)?.length).toBeGreaterThan(8);
});

it('draws a bar for all that is not as it should be', () => {
  const page = formatAuditHtml({ title: 'acme', report, replay: replayed('a b b b+ b+ c') });
  const bars = [...page.matchAll(/<rect class="(\w+)" x="([\d.]+)" width="([\d.]+)"/g)].map((match) =>
    match.slice(1),
  );
  expect(bars).toEqual([
    ['missed', '160', '160'],
    ['stale', '320', '160'],
    ['built', '480', '160'],
    ['wasted', '640', '160'],
    ['missed', '800', '160'],
  ]);
  expect(page).toContain('<b>2 d</b>longest time stale');
  expect(page).toContain('6 commits replayed, 1970-01-01 to 1970-01-06');
});

it('is a page of its own without a replay', () => {
  const page = formatAuditHtml({ title: 'acme', report: { ...report, findings: [] } });
  expect(page).not.toContain('<svg');
  expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(page).not.toMatch(/(?:src|href)=/);
});
