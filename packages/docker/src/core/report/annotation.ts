/** How much somebody should mind. */
export type AnnotationLevel = 'notice' | 'warning' | 'error';

/**
 * A line that a CI shows beside its log: GitHub's workflow command, where what could end it is encoded
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions), else plain text.
 */
export function formatAnnotation(level: AnnotationLevel, message: string, isGitHub: boolean): string {
  if (!isGitHub) return `${level}: ${message.replace(/[^\P{Cc}\t]+/gu, ' ')}`;
  const encoded = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${level}::${encoded}`;
}
