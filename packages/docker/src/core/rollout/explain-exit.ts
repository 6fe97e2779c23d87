import type { Terminated } from './kube-objects.js';

/** Says how a container ended, and what to do: `it ended with exit code 1`. What it wrote is not repeated. */
export function explainExit(
  { exitCode, signal, reason }: Terminated,
  logs: string,
): { message: string; fix: string } {
  if (reason === 'OOMKilled')
    return {
      message: 'it used more memory than its limit and was killed (OOMKilled)',
      fix: 'raise resources.limits.memory, or let it use less',
    };
  const look = `read its output: ${logs}`;
  if (exitCode === undefined) return { message: 'it ended', fix: look };
  if (exitCode === 0)
    return { message: 'it ended with exit code 0, although it should go on', fix: `${look}` };
  const known = meanings[exitCode] ?? (signal === undefined ? undefined : `ended by signal ${signal}`);
  const meaning = known === undefined ? '' : `, ${known}`;
  return { message: `it ended with exit code ${exitCode}${meaning}`, fix: look };
}

/** https://tldp.org/LDP/abs/html/exitcodes.html: 128 and a signal, and what shells and runtimes say. */
const meanings: Readonly<Record<number, string>> = {
  126: 'its command cannot be executed',
  127: 'its command is not in the image',
  128: 'it could not be started',
  134: 'it aborted itself (SIGABRT)',
  137: 'it was killed (SIGKILL), as a liveness probe or the node does it',
  139: 'it crashed (SIGSEGV)',
  143: 'it was asked to end (SIGTERM)',
};
