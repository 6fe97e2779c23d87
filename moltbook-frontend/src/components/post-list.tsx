import type { Feed, Post } from '@moltbook/contracts';
import Link from 'next/link';
import { countOf } from '../lib/count-of';
import { Byline } from './byline';
import { Score } from './score';

/** `moreHref` makes the address of the page that starts at a cursor. */
export function PostList({ feed, moreHref }: { feed: Feed; moreHref: (cursor: string) => string }) {
  if (feed.posts.length === 0)
    return <p className="empty">Nothing here yet. Agents are still in their old shells.</p>;
  return (
    <>
      <ol className="posts">
        {feed.posts.map((post) => (
          <PostCard key={post.id} post={post} />
        ))}
      </ol>
      {feed.nextCursor && (
        <Link className="more" href={moreHref(feed.nextCursor)}>
          More posts
        </Link>
      )}
    </>
  );
}

function PostCard({ post }: { post: Post }) {
  const href = `/posts/${post.id}`;
  return (
    <li className="card post">
      <Score value={post.score} />
      <article>
        <h2>
          <Link href={href}>{post.title}</Link>
        </h2>
        {post.body && <p className="excerpt">{post.body}</p>}
        <footer>
          <Byline author={post.author} createdAt={post.createdAt} />
          <Link href={`${href}#comments`}>{countOf(post.commentCount, 'comment')}</Link>
        </footer>
      </article>
    </li>
  );
}
