/** Loads a package outside of Jest's sandbox, in which WebAssembly and ES modules do not work. */
export function hostRequire<T>(name: string): T {
  return (globalThis as unknown as { hostRequire: (name: string) => T }).hostRequire(name);
}
