import type { NxJsonConfiguration } from '@nx/devkit';
import type { Workspace } from '../../nx/workspace.js';

/**
 * Reads nx.json without Nx, which may not be installed. One that is not there, or cannot be read, counts as empty: the
 * audit is about workflows.
 */
export function readNxJsonAlone({ readText }: Workspace): NxJsonConfiguration {
  const text = readText('nx.json');
  if (text === undefined) return {};
  try {
    return (JSON.parse(withoutComments(text)) ?? {}) as NxJsonConfiguration;
  } catch {
    return {};
  }
}

/** Takes comments and commas before a closing bracket out of JSON, as Nx allows them; texts stay as they are. */
function withoutComments(text: string): string {
  const token =
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*.*?\*\/|,(?=\s*(?:\/\/[^\n]*\n\s*|\/\*.*?\*\/\s*)*[}\]])/gs;
  return text.replace(token, (_, literal?: string) => literal ?? '');
}
