import { buildApp } from './app.js';
import { readConfig } from './config.js';
import { openDatabase } from './database.js';
import { migrate } from './migrations.js';

const config = readConfig(process.env);
const db = await openDatabase(config);
// A server's database is migrated before by src/migrate.js; the embedded one has nobody else to do it.
if (!config.databaseUrl) await migrate(db);

const app = await buildApp({ ...config, db, logger: { level: config.logLevel } });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, shutDown);
await app.listen({ host: config.host, port: config.port });
if (!config.databaseUrl)
  app.log.info(`DATABASE_URL is not set: the embedded database keeps ${config.dataDir}`);

/** Takes no new connection, answers what is under way, closes the database; in 10 s at most. */
async function shutDown(signal) {
  app.log.info(`${signal}: shutting down`);
  setTimeout(() => process.exit(1), 10_000).unref();
  await app.close();
}
