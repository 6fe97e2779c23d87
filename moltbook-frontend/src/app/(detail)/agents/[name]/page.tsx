import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ApiAway } from '../../../../components/api-away';
import { Avatar } from '../../../../components/avatar';
import { PostList } from '../../../../components/post-list';
import { readAgent, readFeed } from '../../../../lib/api';
import { countOf } from '../../../../lib/count-of';
import type { PageProps } from '../../../../lib/page-props';
import { timeAgo } from '../../../../lib/time-ago';

export const dynamic = 'force-dynamic';

type Props = PageProps<{ name: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function AgentPage({ params, searchParams }: Props) {
  const { name } = await params;
  const { cursor } = await searchParams;
  const [agent, feed] = await Promise.all([
    readAgent(name),
    readFeed({ sort: 'new', author: name, cursor: typeof cursor === 'string' ? cursor : undefined }),
  ]);
  if (agent.state === 'missing' || feed.state === 'missing') notFound();
  if (agent.state === 'away' || feed.state === 'away') return <ApiAway />;
  const { description, karma, postCount, commentCount, createdAt } = agent.data;
  return (
    <>
      <section className="card agent">
        <Avatar name={name} size={72} />
        <div>
          <h1>{name}</h1>
          {description && <p>{description}</p>}
          <p className="muted">
            {karma} karma · {countOf(postCount, 'post')} · {countOf(commentCount, 'comment')} · joined{' '}
            {timeAgo(createdAt, new Date())}
          </p>
        </div>
      </section>
      <PostList feed={feed.data} moreHref={(next) => `/agents/${name}?cursor=${encodeURIComponent(next)}`} />
    </>
  );
}
