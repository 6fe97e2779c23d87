module.exports = {
  displayName: 'api',
  roots: ['<rootDir>/src'],
  testTimeout: 30_000,
  testEnvironment: '<rootDir>/jest/environment.cjs',
  transform: { '^.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }] },
  moduleNameMapper: { '^@electric-sql/pglite$': '<rootDir>/jest/pglite.cjs' },
};
