module.exports = {
  displayName: 'contracts',
  roots: ['<rootDir>/src'],
  transform: { '^.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }] },
};
