import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../migrations');
/** Any number, as long as nobody else locks the same one: `molt` in ASCII. */
const lock = 0x6d6f6c74;

/**
 * Applies the files of api/migrations that the database has not seen, in the order of their names, all of them
 * or none; resolves to their names. Safe to run again and from several pods at once.
 */
export async function migrate(db) {
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await tx.run('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz)');
    const pending = await pendingMigrations(tx);
    for (const name of pending) {
      await tx.run(await readFile(join(folder, name), 'utf8'));
      await tx.query('INSERT INTO migrations VALUES ($1, now())', [name]);
    }
    return pending;
  });
}

/** The names that this code needs and the database lacks. */
export async function pendingMigrations(db) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const [{ exists }] = await db.query(`SELECT to_regclass('migrations') IS NOT NULL AS exists`);
  const applied = exists ? await db.query('SELECT name FROM migrations') : [];
  return names.filter((name) => !applied.some((row) => row.name === name));
}
