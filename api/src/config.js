import { join } from 'node:path';

/**
 * @typedef {object} Config
 * @property {string} host
 * @property {number} port
 * @property {string | undefined} databaseUrl  PostgreSQL; undefined means the embedded one in `dataDir`
 * @property {string} dataDir  folder of the embedded database, or `memory://`
 * @property {string} logLevel
 * @property {boolean | string} trustProxy  addresses whose X-Forwarded-For is believed, as Fastify reads it
 * @property {number} writesPerMinute  per client address
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Config}
 * @throws {Error} naming the variable that holds no usable value
 */
export function readConfig(env) {
  return {
    host: env['HOST'] || '0.0.0.0',
    port: integer(env, 'PORT', 3000),
    databaseUrl: env['DATABASE_URL'] || undefined,
    dataDir: env['DATA_DIR'] || join(import.meta.dirname, '../.data'),
    logLevel: env['LOG_LEVEL'] || 'info',
    trustProxy: env['TRUST_PROXY'] || false,
    writesPerMinute: integer(env, 'WRITES_PER_MINUTE', 120),
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {number} fallback
 */
function integer(env, name, fallback) {
  const value = env[name] || String(fallback);
  if (!/^\d{1,6}$/.test(value)) throw new Error(`${name} must be a whole number, not '${value}'`);
  return Number(value);
}
