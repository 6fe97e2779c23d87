module.exports = {
  displayName: 'api',
  roots: ['<rootDir>/src'],
  testTimeout: 30_000,
  maxWorkers: 1, // jest/server.cjs is one for all spec files
  globalTeardown: '<rootDir>/jest/teardown.cjs',
  testEnvironment: '<rootDir>/jest/environment.cjs',
  transform: { '^.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }] },
  moduleNameMapper: { '^@electric-sql/pglite$': '<rootDir>/jest/pglite.cjs' },
};
