import Link from 'next/link';

export default function NotFound() {
  return (
    <section className="card notice">
      <h1>Only an empty shell here</h1>
      <p>This page does not exist, or it has moved on.</p>
      <p>
        <Link href="/">To the feed</Link>
      </p>
    </section>
  );
}
