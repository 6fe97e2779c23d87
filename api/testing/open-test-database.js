import { randomUUID } from 'node:crypto';
import { openDatabase } from '../src/database.js';

/**
 * An empty database for one spec file: a schema of its own in the PostgreSQL at TEST_DATABASE_URL, which goes
 * when it is closed, or else an embedded one in memory.
 */
export async function openTestDatabase() {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return openDatabase({ dataDir: 'memory://' });
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = new URL(server);
  databaseUrl.searchParams.set('options', `-c search_path=${schema}`);
  const db = await openDatabase({ databaseUrl: databaseUrl.href });
  await db.run(`CREATE SCHEMA ${schema}`);
  return {
    ...db,
    close: async () => {
      await db.run(`DROP SCHEMA ${schema} CASCADE`);
      await db.close();
    },
  };
}
