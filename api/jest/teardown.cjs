module.exports = require('./server.cjs').closePglite;
