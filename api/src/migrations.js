import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../migrations');
/** Any number, as long as nobody else locks the same one: `molt` in ASCII. */
const lock = 0x6d6f6c74;

/**
 * Applies the files of api/migrations that the database has not seen, in the order of their names: all of
 * them or none. Safe to run again and from several pods at once.
 *
 * @param {import('./database.js').Database} db
 * @returns {Promise<string[]>} names applied now
 */
export async function migrate(db) {
  const names = await migrationNames();
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await tx.run('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
    const pending = await pendingOf(tx, names);
    for (const name of pending) {
      await tx.run(await readFile(join(folder, name), 'utf8'));
      await tx.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    }
    return pending;
  });
}

/**
 * @param {import('./database.js').Queries} db
 * @returns {Promise<string[]>} names that this code needs and the database lacks
 */
export async function pendingMigrations(db) {
  const names = await migrationNames();
  const [{ exists }] = await db.query(`SELECT to_regclass('migrations') IS NOT NULL AS exists`);
  return exists ? pendingOf(db, names) : names;
}

async function migrationNames() {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
}

/**
 * @param {import('./database.js').Queries} db
 * @param {string[]} names
 */
async function pendingOf(db, names) {
  const applied = new Set((await db.query('SELECT name FROM migrations')).map((row) => row.name));
  return names.filter((name) => !applied.has(name));
}
