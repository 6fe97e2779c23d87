/** A place in a workflow that runs an action of another repository. */
export interface ActionUse {
  /** `actions/checkout`, or with a folder: `github/codeql-action/init`. */
  readonly action: string;
  /** What stands behind the `@`. */
  readonly ref: string;
  /** The comment beside it, such as `v7.0.1`. */
  readonly comment: string;
  /** From 1. */
  readonly line: number;
}

/** Finds the actions that a workflow uses, line by line. Actions of its own repository and of Docker are left out. */
export function findUses(text: string): ActionUse[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, value = '', comment = ''] =
      /^[\s-]*["']?uses["']?\s*:\s*["']?([^\s"'#]+)["']?\s*(?:#\s*(.*))?$/.exec(line) ?? [];
    const [action = '', ref] = value.split('@');
    if (ref === undefined || action.startsWith('.') || value.startsWith('docker://')) return [];
    return [{ action, ref, comment: comment.trim(), line: index + 1 }];
  });
}

/** The repository that has an action: `github/codeql-action`. */
export function repositoryOf(action: string): string {
  return action.split('/').slice(0, 2).join('/');
}
