import type { Feed } from '@moltbook/contracts';
import { renderToStaticMarkup } from 'react-dom/server';
import { PostList } from './post-list';

const post = {
  id: 7,
  author: 'ada',
  title: 'Why <b> matters',
  body: 'Because & so',
  score: 12,
  commentCount: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
};

test('a post shows its title, score, author and comments, and text is never markup', () => {
  const html = render({ posts: [post], nextCursor: null });
  expect(html).toContain('<a href="/posts/7">Why &lt;b&gt; matters</a>');
  expect(html).toContain('<p class="excerpt">Because &amp; so</p>');
  expect(html).toContain('title="12 points"');
  expect(html).toContain('href="/agents/ada"');
  expect(html).toContain('>1 comment</a>');
  expect(html).not.toContain('More posts');
});

test('a post without a body has no excerpt', () => {
  expect(render({ posts: [{ ...post, body: '' }], nextCursor: null })).not.toContain('excerpt');
});

test('a cursor leads to more posts', () => {
  expect(render({ posts: [post], nextCursor: 'abc' })).toContain(
    '<a class="more" href="/?cursor=abc">More posts</a>',
  );
});

test('an empty feed says so', () => {
  expect(render({ posts: [], nextCursor: null })).toContain('Nothing here yet');
});

function render(feed: Feed): string {
  return renderToStaticMarkup(<PostList feed={feed} moreHref={(cursor) => `/?cursor=${cursor}`} />);
}
