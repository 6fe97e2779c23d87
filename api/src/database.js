import pg from 'pg';

/**
 * @typedef {object} Queries
 * @property {(sql: string, values?: unknown[]) => Promise<any[]>} query  one statement; its rows
 * @property {(sql: string) => Promise<void>} run  any number of statements
 *
 * @typedef {Queries & {
 *   transaction: <T>(work: (tx: Queries) => Promise<T>) => Promise<T>,
 *   close: () => Promise<void>,
 * }} Database
 */

/** int8 holds ids, which stay below 2^53; node-postgres would make them strings. */
const types = {
  /** @type {typeof pg.types.getTypeParser} */
  getTypeParser: (/** @type {any[]} */ ...args) =>
    args[0] === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(args[0], args[1]),
};

/**
 * Opens PostgreSQL at `databaseUrl`, or else the embedded one in `dataDir`.
 *
 * @param {{ databaseUrl?: string | undefined, dataDir: string, statementTimeout?: number }} options
 *   `statementTimeout` in ms, 0 for none
 * @returns {Promise<Database>}
 */
export async function openDatabase({ databaseUrl, dataDir, statementTimeout = 5_000 }) {
  return databaseUrl ? openPostgres(databaseUrl, statementTimeout) : openEmbedded(dataDir);
}

/**
 * @param {string} connectionString
 * @param {number} statementTimeout
 * @returns {Database}
 */
function openPostgres(connectionString, statementTimeout) {
  const pool = new pg.Pool({
    connectionString,
    types,
    max: 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: statementTimeout,
    application_name: 'moltbook-api',
  });
  // An idle connection that breaks is replaced on the next query; without a listener it ends the process.
  pool.on('error', () => {});
  return {
    ...postgresQueries(pool),
    close: () => pool.end(),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(postgresQueries(client));
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        const broken = await client.query('ROLLBACK').then(
          () => false,
          () => true,
        );
        client.release(broken);
        throw error;
      }
    },
  };
}

/**
 * @param {pg.Pool | pg.PoolClient} client
 * @returns {Queries}
 */
function postgresQueries(client) {
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows,
    run: async (sql) => void (await client.query(sql)),
  };
}

/**
 * @param {string} dataDir
 * @returns {Promise<Database>}
 */
async function openEmbedded(dataDir) {
  const { PGlite } = await importEmbedded();
  const db = await PGlite.create(dataDir);
  return {
    ...embeddedQueries(db),
    close: () => db.close(),
    transaction: (work) => db.transaction((tx) => work(embeddedQueries(tx))),
  };
}

/**
 * @param {import('@electric-sql/pglite').PGliteInterface | import('@electric-sql/pglite').Transaction} client
 * @returns {Queries}
 */
function embeddedQueries(client) {
  return {
    query: async (sql, values) => (await client.query(sql, values)).rows,
    run: async (sql) => void (await client.exec(sql)),
  };
}

/** A development dependency: the image has none, and there a missing DATABASE_URL is a mistake. */
async function importEmbedded() {
  try {
    return await import('@electric-sql/pglite');
  } catch (cause) {
    throw new Error(
      'DATABASE_URL is not set, and the embedded database is not installed (it is a development dependency). ' +
        'Set DATABASE_URL=postgres://user:password@host:5432/database',
      { cause },
    );
  }
}

/**
 * Whether the failure is the database's absence (refused, unknown host, cut, starting or shutting down,
 * out of connections) and not the statement. Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
 *
 * @param {unknown} error
 * @returns {error is Error}
 */
export function isUnreachable(error) {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|08...|57P0[123]|53300)$/.test(code) ||
    /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
  );
}
