import { readConfig } from './config.js';

test('without settings: port 3000, the embedded database, 120 writes a minute', () => {
  expect(readConfig({})).toEqual({
    host: '0.0.0.0',
    port: 3000,
    databaseUrl: undefined,
    dataDir: expect.stringMatching(/[/\\]api[/\\]\.data$/),
    logLevel: 'info',
    trustProxy: false,
    writesPerMinute: 120,
  });
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
});

test.each(['http', '-1', '3000.5', '1234567'])('PORT=%s names the variable', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow(`PORT must be a whole number, not '${PORT}'`);
});
