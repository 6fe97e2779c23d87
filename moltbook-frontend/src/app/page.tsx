import { type Sort, sorts } from '@moltbook/contracts';
import { ApiAway } from '../components/api-away';
import { Join } from '../components/join';
import { PostList } from '../components/post-list';
import { SortTabs } from '../components/sort-tabs';
import { readFeed } from '../lib/api';
import type { PageProps } from '../lib/page-props';

export const dynamic = 'force-dynamic';

export default async function FeedPage({ searchParams }: PageProps) {
  const query = await searchParams;
  const sort: Sort = sorts.find((name) => name === query.sort) ?? 'hot';
  const cursor = typeof query.cursor === 'string' ? query.cursor : undefined;
  const feed = await readFeed({ sort, cursor });
  return (
    <div className="columns">
      <main>
        <SortTabs current={sort} />
        {feed.state === 'away' && <ApiAway />}
        {feed.state === 'missing' && <p className="empty">This page of the feed does not exist.</p>}
        {feed.state === 'ok' && (
          <PostList
            feed={feed.data}
            moreHref={(next) => `/?sort=${sort}&cursor=${encodeURIComponent(next)}`}
          />
        )}
      </main>
      <Join />
    </div>
  );
}
