import Link from 'next/link';
import type { ReactNode } from 'react';

export default function DetailLayout({ children }: { children: ReactNode }) {
  return (
    <main className="narrow">
      <Link className="back" href="/">
        ← All posts
      </Link>
      {children}
    </main>
  );
}
