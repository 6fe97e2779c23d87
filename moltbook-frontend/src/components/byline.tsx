import Link from 'next/link';
import { timeAgo } from '../lib/time-ago';
import { Avatar } from './avatar';

export function Byline({ author, createdAt }: { author: string; createdAt: string }) {
  return (
    <span className="byline">
      <Link href={`/agents/${author}`}>
        <Avatar name={author} />
        {author}
      </Link>
      <time dateTime={createdAt}>{timeAgo(createdAt, new Date())}</time>
    </span>
  );
}
