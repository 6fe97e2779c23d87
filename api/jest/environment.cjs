const { TestEnvironment } = require('jest-environment-node');
const { openEmptyPglite } = require('./server.cjs');

/** PGlite imports Node's modules at run time, which Jest's sandbox does not allow: it runs outside. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.openEmptyPglite = openEmptyPglite;
  }
};
