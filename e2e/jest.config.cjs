const unit = require('../packages/docker/jest.config.cjs');

module.exports = {
  ...unit,
  displayName: 'e2e',
  roots: ['<rootDir>/src'],
  testEnvironment: '<rootDir>/../packages/docker/jest/environment.cjs',
  moduleNameMapper: {
    ...unit.moduleNameMapper,
    '^execa$': '<rootDir>/../packages/docker/jest/execa.cjs',
    '^@actions/expressions$': '<rootDir>/../packages/docker/jest/actions-expressions.cjs',
  },
  // Real engines and Nx processes: minutes, not seconds, and one after the other.
  globalSetup: '<rootDir>/support/global-setup.cjs',
  testTimeout: 300_000,
  maxWorkers: 1,
};
