const { TestEnvironment } = require('jest-environment-node');

let server;

/**
 * PGlite imports Node's modules at run time, which Jest's sandbox does not allow, and takes seconds to start:
 * one runs outside, and every database that a spec opens is that one, emptied. So: one at a time.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.openEmptyPglite = openEmptyPglite;
  }
};

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
