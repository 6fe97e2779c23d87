import { readPage, sectionOf } from '../../../testing/markdown-pages.js';
import { auditRules } from './audit-finding.js';

const page = readPage('docs/audit.md');

it('docs/audit.md has a section for each rule, and for no other', () => {
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(Object.keys(auditRules));
});

it.each(Object.entries(auditRules))('the section of %s says what it means', (rule, meaning) => {
  const section = sectionOf(page, `### ${rule}`).replace(/\s+/g, ' ');
  expect(section).toContain(meaning);
  expect(section).toMatch(/Bad: .* Good: /);
});
