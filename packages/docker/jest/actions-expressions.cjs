const { join } = require('node:path');

// An ES module only, as execa; its package gives require() no entry, so it is named by its file.
const file = join(__dirname, '../../../node_modules/@actions/expressions/dist/index.js');
module.exports = globalThis.hostRequire(file);
