module.exports = globalThis.hostRequire('execa');
