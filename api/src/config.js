import { join } from 'node:path';

/** Reads the settings from the environment. Throws an Error that names the variable with no usable value. */
export function readConfig(env) {
  return {
    host: env.HOST || '0.0.0.0',
    port: integer(env, 'PORT', 3000),
    /** Without one, the embedded database keeps its files in `dataDir` (`memory://` keeps none). */
    databaseUrl: env.DATABASE_URL || undefined,
    dataDir: env.DATA_DIR || join(import.meta.dirname, '../.data'),
    logLevel: env.LOG_LEVEL || 'info',
    /** Addresses whose X-Forwarded-For is believed: https://fastify.dev/docs/latest/Reference/Server/#trustproxy */
    trustProxy: env.TRUST_PROXY || false,
    writesPerMinute: integer(env, 'WRITES_PER_MINUTE', 120),
  };
}

function integer(env, name, fallback) {
  const value = env[name] || String(fallback);
  if (!/^\d{1,6}$/.test(value)) throw new Error(`${name} must be a whole number, not '${value}'`);
  return Number(value);
}
