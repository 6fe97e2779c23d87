import { openTestDatabase } from '../testing/open-test-database.js';
import { migrate, pendingMigrations } from './migrations.js';

let db;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

const all = ['0001-agents-posts-comments-votes.sql'];

test('applies what is pending, once', async () => {
  expect(await pendingMigrations(db)).toEqual(all);
  expect(await migrate(db)).toEqual(all);
  expect(await pendingMigrations(db)).toEqual([]);
  expect(await migrate(db)).toEqual([]);
});

test('several at once apply it once', async () => {
  const applied = await Promise.all([migrate(db), migrate(db), migrate(db)]);
  expect(applied.flat()).toEqual(all);
});

test('a failure leaves the database as it was', async () => {
  await db.run('CREATE TABLE votes (id int)');
  await expect(migrate(db)).rejects.toThrow('relation "votes" already exists');
  const [{ agents, migrations }] = await db.query(
    `SELECT to_regclass('agents') AS agents, to_regclass('migrations') AS migrations`,
  );
  expect([agents, migrations]).toEqual([null, null]);
});
