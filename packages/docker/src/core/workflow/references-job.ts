import type { Job } from './github-jobs.js';
import {
  asStep,
  downloadStep,
  type JobContext,
  loginSteps,
  prepareSteps,
  runCommand,
  useAction,
} from './github-steps.js';
import { region } from './regions.js';
import { scalar, shellWord } from './yaml-text.js';

/** Writes the published digests into the Kubernetes manifests. */
export function referencesJob(context: JobContext): Job {
  const { branch, references, runner, cli, usesGithubRegistry } = context.settings;
  const isPullRequest = references === 'pull-request';
  return {
    id: 'references',
    comment: [
      'The only job that can write to the repository. A push with its token starts no other run, and manifests are',
      'no build input of an image.',
    ],
    needs: ['plan', 'publish'],
    if: `!cancelled() && needs.publish.result == 'success' && github.ref == ${expressionText(`refs/heads/${branch}`)}`,
    runner,
    timeoutMinutes: 15,
    concurrency: 'docker-references',
    permissions: [
      'contents: write # pushes the changed manifests',
      ...(usesGithubRegistry ? ['packages: read # asks what a newer commit has published'] : []),
      ...(isPullRequest ? ['pull-requests: write # opens the pull request'] : []),
    ],
    steps: [
      '# The tip of the branch, and not the commit of this run: another run may have changed the manifests since.',
      prepareSteps(context, { full: true, ref: branch, canPush: true }),
      region('references steps'),
      downloadStep(context, 'published', 'published'),
      loginSteps(context),
      context.shape.verifies && useAction(context, 'sigstore/cosign-installer'),
      asStep([
        'env:',
        ...(isPullRequest ? ['  GH_TOKEN: ${{ github.token }}'] : []),
        '  GIT_AUTHOR_NAME: github-actions[bot]',
        '  GIT_AUTHOR_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com',
        '  GIT_COMMITTER_NAME: github-actions[bot]',
        '  GIT_COMMITTER_EMAIL: 41898282+github-actions[bot]@users.noreply.github.com',
        `  BRANCH: ${scalar(branch)}`,
        ...runCommand([
          `${cli} ci references`,
          '--published "$RUNNER_TEMP/published"',
          '--branch "$BRANCH"',
          `--mode ${shellWord(references)}`,
        ]),
      ]),
    ],
  };
}

/** A text in an expression. */
function expressionText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
