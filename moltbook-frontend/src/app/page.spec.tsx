import { renderToStaticMarkup } from 'react-dom/server';
import FeedPage from './page';

test('an API that is away is said in place of the feed, and the page tries again', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  process.env.API_URL = 'http://127.0.0.1:1';
  const page = await FeedPage({
    params: Promise.resolve({}),
    searchParams: Promise.resolve({ sort: 'bogus' }),
  });
  const html = renderToStaticMarkup(page);
  expect(html).toContain('The API is away');
  expect(html).toContain('http-equiv="refresh"');
  expect(html).toMatch(/aria-current="page"[^>]*>hot</);
});
