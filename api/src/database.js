import pg from 'pg';

// Ids are int8 and stay below 2^53; node-postgres would make them strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens PostgreSQL at `databaseUrl`, or else the embedded one in `dataDir`. The result has query (one
 * statement; its rows), run (many statements), transaction (work gets query and run) and close.
 * `statementTimeout` is in ms, 0 for none.
 */
export async function openDatabase({ databaseUrl, dataDir, statementTimeout = 5_000 }) {
  return databaseUrl ? openPostgres(databaseUrl, statementTimeout) : openEmbedded(dataDir);
}

function openPostgres(connectionString, statementTimeout) {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 3_000,
    statement_timeout: statementTimeout,
    application_name: 'moltbook-api',
  });
  // An idle connection that breaks is replaced on the next query; without a listener it ends the process.
  pool.on('error', () => {});
  return {
    ...queries(pool),
    transaction: async (work) => inTransaction(await pool.connect(), work),
    close: () => pool.end(),
  };
}

async function inTransaction(client, work) {
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(queries(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function openEmbedded(dataDir) {
  const { PGlite } = await importEmbedded();
  const db = await PGlite.create(dataDir);
  return {
    ...queries(db),
    transaction: (work) => db.transaction((tx) => work(queries(tx))),
    close: () => db.close(),
  };
}

function queries(client) {
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows,
    run: async (sql) => {
      await (client.exec ?? client.query).call(client, sql);
    },
  };
}

/** A development dependency: the image has none, and there a missing DATABASE_URL is a mistake. */
async function importEmbedded() {
  try {
    return await import('@electric-sql/pglite');
  } catch (cause) {
    const fix = 'Set DATABASE_URL=postgres://user:password@host:5432/database';
    throw new Error(`DATABASE_URL is not set, and the embedded database is not installed. ${fix}`, { cause });
  }
}

/**
 * Whether the failure is the database's absence (refused, unknown host, cut, starting or shutting down, out of
 * connections) and not the statement. Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
 */
export function isUnreachable({ code, message }) {
  return (
    /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|08...$|57P0[123]$|53300$)/.test(code ?? '') ||
    /connection terminated|timeout exceeded when trying to connect/i.test(message ?? '')
  );
}
