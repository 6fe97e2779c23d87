import { outputFile, unknownPart } from '../known-parts.js';
import { runScript } from '../shell/run-script.js';
import type { YamlValue } from '../yaml/yaml-value.js';
import { expandIn, type GithubScope } from './github-scope.js';

/** What a step writes to its outputs by `echo name=value >> $GITHUB_OUTPUT`, where it always writes the same. */
export function scriptOutputs(step: YamlValue, scope: GithubScope): Record<string, string> {
  const [id, script] = [step.get('id').text, step.get('run').text];
  if (id === undefined || !script?.includes('GITHUB_OUTPUT')) return {};
  const outputs: Record<string, string> = {};
  const env = { ...scope.env, GITHUB_OUTPUT: outputFile };
  for (const { words, isConditional } of runScript(expandIn(scope, script), { env, folder: '.' })) {
    const [, name, value = ''] = /^([\w-]+)=(.*)$/s.exec(words[1] ?? '') ?? [];
    const isOutput = words[0] === 'echo' && words.at(-1)?.endsWith(outputFile);
    if (!isOutput || name === undefined) continue;
    const key = `steps.${id}.outputs.${name}`;
    const isSure = !isConditional && (outputs[key] ?? value) === value;
    outputs[key] = isSure ? value : unknownPart;
  }
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== unknownPart));
}
