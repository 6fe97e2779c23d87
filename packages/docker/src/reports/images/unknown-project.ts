import type { Problem } from '../../core/errors.js';
import { nearNames } from '../../core/report/near-names.js';

/** The problem of a name that is no project with an image. */
export function unknownProject(name: string, known: readonly string[]): Problem {
  const near = nearNames(name, known);
  return {
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: `${JSON.stringify(name)} is no project with an image`,
    fix: near.length > 0 ? `write ${near.join(' or ')}` : 'run npx nx show projects to see the names',
  };
}
