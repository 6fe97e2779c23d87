// An ES module only, as execa.
module.exports = globalThis.hostRequire('@actions/expressions');
