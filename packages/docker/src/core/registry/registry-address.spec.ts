import { registryAddress } from './registry-address.js';

describe('registryAddress', () => {
  it.each([
    ['ghcr.io/acme/api', 'ghcr.io', 'acme/api', 'https://ghcr.io'],
    ['acme/api', 'docker.io', 'acme/api', 'https://registry-1.docker.io'],
    ['node', 'docker.io', 'library/node', 'https://registry-1.docker.io'],
    ['localhost:5000/api', 'localhost:5000', 'api', 'http://localhost:5000'],
    ['127.8.9.1:5000/api', '127.8.9.1:5000', 'api', 'http://127.8.9.1:5000'],
    ['[::1]:5000/api', '[::1]:5000', 'api', 'http://[::1]:5000'],
    ['localhost.example.com/api', 'localhost.example.com', 'api', 'https://localhost.example.com'],
    ['127.0.0.1.example.com/api', '127.0.0.1.example.com', 'api', 'https://127.0.0.1.example.com'],
  ])('finds the API of %s', (repository, registry, path, origin) => {
    expect(registryAddress(repository)).toEqual({ registry, path, origin });
  });

  it.each([
    ['ghcr.io/Acme/api', 'the repository name Acme/api must be lower-case'],
    ['ghcr.io/acme/api:1', 'it has a tag or a digest'],
    ['ghcr.io/a b', 'does not have the form'],
    ['evil.example/x?@ghcr.io/y', 'is no repository'],
  ])('refuses %s', (repository, reason) => {
    expect(() => registryAddress(repository)).toThrow(reason);
  });
});
