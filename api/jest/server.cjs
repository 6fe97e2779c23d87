let server;

/**
 * PGlite takes seconds to start, so one serves all spec files of a process, and each database that a spec opens
 * is that one, emptied. So: one at a time.
 */
async function openEmptyPglite() {
  server ??= import('@electric-sql/pglite').then(({ PGlite }) => PGlite.create('memory://'));
  const db = await server;
  await db.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  return {
    query: (...args) => db.query(...args),
    exec: (...args) => db.exec(...args),
    transaction: (work) => db.transaction(work),
    close: async () => {},
  };
}

/** Open, it keeps a timer of 10 s, and with it the process. */
async function closePglite() {
  await (await server)?.close();
}

module.exports = { openEmptyPglite, closePglite };
