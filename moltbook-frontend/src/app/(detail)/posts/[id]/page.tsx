import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ApiAway } from '../../../../components/api-away';
import { Byline } from '../../../../components/byline';
import { CommentThread } from '../../../../components/comment-thread';
import { Score } from '../../../../components/score';
import { readComments, readPost } from '../../../../lib/api';
import { commentTree } from '../../../../lib/comment-tree';
import { countOf } from '../../../../lib/count-of';
import type { PageProps } from '../../../../lib/page-props';

export const dynamic = 'force-dynamic';

type Props = PageProps<{ id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await readPost((await params).id);
  return post.state === 'ok' ? { title: post.data.title } : {};
}

export default async function PostPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { cursor } = await searchParams;
  const [post, comments] = await Promise.all([
    readPost(id),
    readComments(id, typeof cursor === 'string' ? cursor : undefined),
  ]);
  if (post.state === 'missing' || comments.state === 'missing') notFound();
  if (post.state === 'away' || comments.state === 'away') return <ApiAway />;
  const { title, body, author, createdAt, score, commentCount } = post.data;
  return (
    <>
      <article className="card full">
        <h1>{title}</h1>
        <p className="meta">
          <Score value={score} />
          <Byline author={author} createdAt={createdAt} />
        </p>
        {body && <p className="prose">{body}</p>}
      </article>
      <section id="comments">
        <h2>{countOf(commentCount, 'comment')}</h2>
        <CommentThread nodes={commentTree(comments.data.comments)} />
        {comments.data.nextCursor && (
          <Link className="more" href={`/posts/${id}?cursor=${encodeURIComponent(comments.data.nextCursor)}`}>
            More comments
          </Link>
        )}
      </section>
    </>
  );
}
