// What the initContainer `migrate-db` runs: applies the pending migrations and ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from './config.js';
import { isUnreachable, openDatabase } from './database.js';
import { migrate } from './migrations.js';

const patience = 60_000; // ms for a database that is still starting

const db = await openDatabase({ ...readConfig(process.env), statementTimeout: 0 });
const applied = await migrateWhenReachable(Date.now() + patience);
console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply');
await db.close();

async function migrateWhenReachable(deadline) {
  for (;;) {
    try {
      return await migrate(db);
    } catch (error) {
      if (!isUnreachable(error) || Date.now() > deadline) throw error;
      console.log(`waiting for the database: ${error.message || error.code}`);
      await sleep(1_000);
    }
  }
}
