import type { Runner } from '../run-instance.js';
import { attest } from './attest.js';
import { checkout } from './checkout.js';
import { downloadArtifact } from './download-artifact.js';
import { githubScript } from './github-script.js';
import { login } from './login.js';
import { setupBuildx } from './setup-buildx.js';
import { setupDocker } from './setup-docker.js';
import { setupNode } from './setup-node.js';
import { uploadArtifact } from './upload-artifact.js';

/** What the emulator does in place of an action. */
export interface Action {
  /** The inputs it understands; any other fails the step. */
  readonly inputs: readonly string[];
  /** Returns the outputs, and throws to fail the step. */
  run(runner: Runner, call: ActionCall): Promise<Record<string, string>> | Record<string, string>;
}

export interface ActionCall {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

const actions: Readonly<Record<string, Action>> = {
  'actions/attest': attest,
  'actions/checkout': checkout,
  'actions/download-artifact': downloadArtifact,
  'actions/github-script': githubScript,
  'actions/setup-node': setupNode,
  'actions/upload-artifact': uploadArtifact,
  'docker/login-action': login,
  'docker/setup-buildx-action': setupBuildx,
  'docker/setup-docker-action': setupDocker,
};

/** Runs what stands for an action. Another action, or an input that its stand-in does not know, fails the step. */
export async function runAction(
  runner: Runner,
  { uses, ...call }: ActionCall & { readonly uses: string },
): Promise<Record<string, string>> {
  const action = actions[uses.split('@')[0] ?? ''];
  if (!action) throw new Error(`the emulator knows no action ${uses}`);
  const unknown = Object.keys(call.inputs).filter((name) => !action.inputs.includes(name));
  if (unknown.length > 0) throw new Error(`Unexpected input(s) '${unknown.join("', '")}' of ${uses}`);
  return action.run(runner, call);
}

/** The input as a boolean; GitHub takes nothing else for one. */
export function flag({ inputs }: ActionCall, name: string, otherwise: boolean): boolean {
  const value = inputs[name] ?? '';
  if (value === '') return otherwise;
  if (!/^(?:true|false)$/i.test(value))
    throw new Error(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}`);
  return value.toLowerCase() === 'true';
}
