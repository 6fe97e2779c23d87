import { html } from './html.js';

it.each([
  ['<script>', '<b>&lt;script&gt;</b>'],
  ['"\'&', '<b>&quot;&#39;&amp;</b>'],
  ['a\x1b[0m', '<b>a\uFFFD[0m</b>'],
])('escapes %j', (text, expected) => expect(html`<b>${text}</b>`.html).toBe(expected));

it('takes markup as it is, also in lists', () => {
  expect(html`<ul>${[html`<li>${'<'}</li>`, html`<li>${2}</li>`]}</ul>`.html).toBe(
    '<ul><li>&lt;</li><li>2</li></ul>',
  );
});
