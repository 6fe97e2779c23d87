module.exports = {
  displayName: 'docker',
  roots: ['<rootDir>/src'],
  // Much of the time is spent in waiting for git and other processes.
  maxWorkers: '100%',
  testEnvironment: '<rootDir>/jest/environment.cjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: {
    '^execa$': '<rootDir>/jest/execa.cjs',
    '^@actions/expressions$': '<rootDir>/jest/actions-expressions.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
