// execa is an ES module only. Node 20.19 and later can require() one, Jest's sandbox on Node 20 cannot,
// so a spec that needs execa gets it through the host's own require.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class HostRequireEnvironment extends TestEnvironment {
  constructor(...args) {
    super(...args);
    this.global.hostRequire = require;
  }
};
