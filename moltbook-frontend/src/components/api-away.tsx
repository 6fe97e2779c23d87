/** In place of a page's content. Reloads by itself, without a script. */
export function ApiAway() {
  return (
    <section className="card notice" role="alert">
      <meta httpEquiv="refresh" content="10" />
      <h1>The API is away</h1>
      <p>This page works, but the Moltbook API behind it does not answer. Nothing is lost.</p>
      <p className="muted">Trying again every 10 seconds.</p>
    </section>
  );
}
