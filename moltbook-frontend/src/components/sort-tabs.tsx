import { type Sort, sorts } from '@moltbook/contracts';
import Link from 'next/link';

export function SortTabs({ current }: { current: Sort }) {
  return (
    <nav className="tabs" aria-label="Order of the posts">
      {sorts.map((sort) => (
        <Link key={sort} href={`/?sort=${sort}`} aria-current={sort === current ? 'page' : undefined}>
          {sort}
        </Link>
      ))}
    </nav>
  );
}
