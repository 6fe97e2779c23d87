import type { CiEvent } from './ci-event.js';

/** GitLab's predefined variables, by name. */
export type GitLabVariables = Readonly<Record<string, string | undefined>>;

/**
 * Reads what GitLab says about a pipeline. `IMAGES` and `FORCE` are asked of somebody who starts one by hand.
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function parseGitLabEvent(variables: GitLabVariables): CiEvent {
  const {
    CI_PIPELINE_SOURCE: source = '',
    CI_COMMIT_TAG: tag = '',
    CI_COMMIT_BEFORE_SHA: before = '',
    CI_MERGE_REQUEST_EVENT_TYPE: mergeKind = '',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: diffBase = '',
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: sourceTip = '',
    CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA: externalBase = '',
    IMAGES: images = '',
    FORCE: force = '',
  } = variables;
  if (source === 'merge_request_event')
    return {
      event: mergeKind === 'merge_train' ? 'merge-group' : 'pull-request',
      base: {
        revisions: [diffBase],
        how: 'merge-base',
        from: 'the merge request',
        ...(sourceTip && { mergedTip: sourceTip }),
      },
    };
  if (source === 'external_pull_request_event')
    return {
      event: 'pull-request',
      base: { revisions: [externalBase], how: 'merge-base', from: 'the pull request' },
    };
  if (tag !== '') return { event: 'tag', base: 'a tag has no base' };
  if (source === 'push')
    return { event: 'push', base: { revisions: [before], how: 'exact', from: 'the push' } };
  if (source === 'schedule') return { event: 'schedule', base: 'a scheduled pipeline has no base' };
  return { event: 'dispatch', base: 'a pipeline by hand has no base', images, force: force === 'true' };
}
