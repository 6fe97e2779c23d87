import { renderToStaticMarkup } from 'react-dom/server';
import { SortTabs } from './sort-tabs';

test('the current order is marked, the others lead to theirs', () => {
  const html = renderToStaticMarkup(<SortTabs current="new" />);
  expect(html).toMatch(/<a[^>]*href="\/\?sort=hot"[^>]*>hot<\/a>/);
  expect(html).toMatch(/<a[^>]*href="\/\?sort=top"[^>]*>top<\/a>/);
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(html).toMatch(/<a[^>]*aria-current="page"[^>]*>new<\/a>/);
});
