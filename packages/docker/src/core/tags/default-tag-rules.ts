/**
 * What an image is named where the options give no rules: on a branch `<branch>-<sha>` and `<branch>`, on the
 * default branch `latest` too; for a git tag `v1.2.3` it is `1.2.3`, `1.2` and `1` (never `0`); for a pull
 * request `pr-<number>`. The immutable one comes first, so it is the version in the labels.
 */
export const defaultTagRules: readonly string[] = [
  'type=semver,pattern={{version}}',
  'type=semver,pattern={{major}}.{{minor}}',
  'type=semver,pattern={{#if major}}{{major}}{{/if}}',
  'type=sha,priority=650,prefix={{branch}}-,enable={{#if branch}}true{{else}}false{{/if}}',
  'type=ref,event=branch',
  'type=ref,event=pr',
  'type=raw,value=latest,enable={{is_default_branch}}',
];

/** Goes with {@link defaultTagRules}: a release does not move `latest`, which follows the default branch. */
export const defaultFlavor: readonly string[] = ['latest=false'];
