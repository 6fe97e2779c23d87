import { chooseProof } from '../ci/choose-proof.js';
import { openCi } from '../ci/open-ci.js';
import { openPullRequest } from '../ci/open-pull-request.js';
import { readRecords } from '../ci/read-records.js';
import { updateReferences } from '../ci/update-references.js';
import { findKustomize } from '../host/find-kustomize.js';
import { setReferences } from '../reports/references/set-references.js';
import {
  type Command,
  print,
  requireNoNames,
  requireText,
  textOf,
  UsageError,
  type Values,
} from './command.js';

/** The branch that is pushed over with each change, until somebody merges it. */
const requestBranch = 'docker-references';

export const ciReferencesCommand: Command = {
  usage: `
  ci references
      Writes what was published into the Kubernetes manifests at the tip of a branch, and pushes.
        --published <folder>      what ci publish --out has written
        --branch <name>           the branch whose manifests are changed
        --mode <mode>             commit (default) or pull-request, from the branch ${requestBranch}
`,
  options: { published: { type: 'string' }, branch: { type: 'string' }, mode: { type: 'string' } },
  run: runCiReferences,
};

async function runCiReferences(names: readonly string[], values: Values): Promise<number> {
  requireNoNames(names);
  const branch = requireText(values, 'branch');
  const mode = textOf(values, 'mode') ?? 'commit';
  if (mode !== 'commit' && mode !== 'pull-request')
    throw new UsageError('--mode takes commit or pull-request');
  const isRequest = mode === 'pull-request';
  const { root } = await openCi();
  const records = readRecords(requireText(values, 'published'));
  const prove = await chooseProof(records);
  const kustomize = await findKustomize();
  const proof = { ...(prove && { prove }), ...(kustomize && { kustomize }) };
  const { commit, changed } = await updateReferences({
    root,
    branch,
    records,
    to: { branch: isRequest ? requestBranch : branch, force: isRequest },
    setReferences: (folder, current) => setReferences(folder, current, proof),
  });
  if (commit === undefined) return print('all references are up to date\n');
  print(changed.map((file) => `${file} is changed\n`).join(''));
  if (isRequest) return print(`${await openPullRequest(root, { branch, from: requestBranch })}\n`);
  return print(`${branch} is at ${commit}\n`);
}
