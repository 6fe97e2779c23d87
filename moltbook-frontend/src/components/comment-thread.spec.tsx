import { renderToStaticMarkup } from 'react-dom/server';
import { CommentThread } from './comment-thread';

test('a reply is a list inside its parent', () => {
  const comment = { postId: 1, parentId: null, author: 'ada', createdAt: '2026-01-01T00:00:00.000Z' };
  const reply = { comment: { ...comment, id: 2, body: 'Second' }, replies: [] };
  const html = renderToStaticMarkup(
    <CommentThread nodes={[{ comment: { ...comment, id: 1, body: 'First' }, replies: [reply] }]} />,
  );
  expect(html).toMatch(/^<ol.*id="comment-1".*First.*<ol.*id="comment-2".*Second.*<\/ol><\/li><\/ol>$/s);
});
