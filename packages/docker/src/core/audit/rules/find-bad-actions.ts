import { knownBadCommits } from '../../workflow/pins.js';
import type { AuditFinding } from '../audit-finding.js';
import type { ActionUse } from '../workflow-build.js';

interface Compromise {
  readonly actions: readonly string[];
  readonly advisory: string;
}

/** Actions whose tags were moved to an attack once: a pin by commit is safe, unless it is that very commit. */
const compromises: readonly Compromise[] = [
  {
    actions: ['tj-actions/changed-files', 'tj-actions/eslint-changed-files'],
    advisory: 'CVE-2025-30066',
  },
  {
    actions: [
      'reviewdog/action-setup',
      'reviewdog/action-shellcheck',
      'reviewdog/action-composite-template',
      'reviewdog/action-staticcheck',
      'reviewdog/action-ast-grep',
      'reviewdog/action-typos',
    ],
    advisory: 'CVE-2025-30154',
  },
];

/** Finds actions that were taken over once, and are not pinned by a commit. */
export function findBadActions(actions: readonly ActionUse[]): AuditFinding[] {
  return actions.flatMap((use) => {
    const compromise = compromises.find((each) => each.actions.includes(use.action));
    if (!compromise) return [];
    const isAttack = knownBadCommits.includes(use.ref);
    if (!isAttack && /^[\da-f]{40}$/.test(use.ref)) return [];
    return [
      {
        rule: 'action-compromised',
        severity: isAttack ? 'error' : 'warning',
        place: use.place,
        message: isAttack
          ? `${use.action}@${use.ref} is the attack of ${compromise.advisory}`
          : `the tags of ${use.action} were moved to an attack once (${compromise.advisory}), and ${use.ref} is none of a commit`,
        fix: 'pin it by a commit of a later release, or replace it',
      } satisfies AuditFinding,
    ];
  });
}
