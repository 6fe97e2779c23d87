import { type Check, isRecord, listOf, matching, objectOf } from './option-checks.js';

/** nx.json is no place for a key itself. */
const key = matching(/^(?!.*PRIVATE KEY)[^\p{Cc}]+$/u, 'a file, env://NAME or the URI of a key service');
const line = matching(/^[^\p{Cc}]+$/u, 'a text of one line');
const args = listOf(matching(/^[^\p{Cc}]+$/u, 'an option of cosign'));

const signShape = objectOf({ key, keyless: (value) => (value === true ? undefined : 'true'), args });
const verifyShape = objectOf({ key, identity: line, identityRegexp: line, issuer: line, args });

export const checkSignOptions: Check = (value) =>
  signShape(value) ??
  (count(value, 'key', 'keyless') === 1 ? undefined : 'an object with either key or keyless');

export const checkVerifyOptions: Check = (value) => {
  const wrong = verifyShape(value);
  if (wrong !== undefined) return wrong;
  const people = count(value, 'identity', 'identityRegexp');
  const byKey = count(value, 'key') === 1 && people + count(value, 'issuer') === 0;
  const byIdentity = count(value, 'key') === 0 && people === 1 && count(value, 'issuer') === 1;
  return byKey || byIdentity
    ? undefined
    : 'an object with either key, or issuer and one of identity and identityRegexp';
};

function count(value: unknown, ...names: readonly string[]): number {
  return isRecord(value) ? names.filter((name) => value[name] !== undefined).length : 0;
}
