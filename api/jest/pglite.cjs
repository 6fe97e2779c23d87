module.exports = { PGlite: { create: globalThis.openEmptyPglite } };
