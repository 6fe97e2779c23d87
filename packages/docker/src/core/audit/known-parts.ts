/** Stands in a text for a part that cannot be known without running the workflow. */
export const unknownPart = '\uE000';
/** Stands for the first seven digits of the commit, and for all of them. */
export const shortSha = '\uE001';
export const longSha = '\uE002';
/** Stands for the file that a step of GitHub Actions writes its outputs to. */
export const outputFile = '\uE003';

/** The text, if it is the same in every run. */
export function known(text: string | undefined): string | undefined {
  return text !== undefined && /[\uE000-\uE003]/.test(text) ? undefined : text;
}

/** The text for people. */
export function showParts(text: string): string {
  return text
    .replaceAll(unknownPart, '…')
    .replaceAll(shortSha, '<short commit>')
    .replaceAll(longSha, '<commit>');
}

const shortForms =
  /\$\(\s*git rev-parse\s+--short(?:=7)?\s+(?:HEAD|"?\$\{?GITHUB_SHA\}?"?)\s*\)|\$\{(?:GITHUB_SHA|CI_COMMIT_SHA)(?:::7|:0:7)\}|\$\(\s*echo\s+"?\$\{?GITHUB_SHA\}?"?\s*\|\s*(?:cut -c ?-?1?-?7|head -c ?7)\s*\)|\$\{CI_COMMIT_SHORT_SHA\}|\$CI_COMMIT_SHORT_SHA\b/g;
const longForms =
  /\$\(\s*git rev-parse\s+(?:HEAD|--verify HEAD)\s*\)|\$\{(?:GITHUB_SHA|CI_COMMIT_SHA)\}|\$(?:GITHUB_SHA|CI_COMMIT_SHA)\b/g;

/** Marks the usual ways of naming the commit in a shell script. */
export function markCommit(script: string): string {
  return script.replace(shortForms, shortSha).replace(longForms, longSha);
}
