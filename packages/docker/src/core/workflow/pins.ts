/** A commit of a GitHub action and the version that its tag says. */
export interface Pin {
  readonly commit: string;
  readonly version: string;
}

/** The actions that generated workflows use. `moltbook-docker pins --update` finds newer ones. */
const builtInPins = {
  'actions/attest': '1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2',
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
  'actions/github-script': '3a2844b7e9c422d3c10d287c895573f7108da1b3 # v9.0.0',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/upload-artifact': '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1',
  'docker/login-action': 'dbcb813823bdd20940b903addbd779551569679f # v4.6.0',
  'docker/setup-buildx-action': '37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0',
  'docker/setup-docker-action': '77e84dbf09b47d1e29270283c22f16145aa85ca1 # v5.4.0',
  'docker/setup-qemu-action': '1f40c72289eff860ee54a304f1438e3cff362e0a # v4.3.0',
  'oven-sh/setup-bun': '0c5077e51419868618aeaa5fe8019c62421857d6 # v2.2.0',
  'pnpm/action-setup': '0e279bb959325dab635dd2c09392533439d90093 # v6.0.8',
  'sigstore/cosign-installer': '6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2',
} as const;

export type PinnedAction = keyof typeof builtInPins;

export const pinnedActions = Object.keys(builtInPins) as readonly PinnedAction[];

/** What stands behind `uses: <action>@`, from the option `ci.pins` or built in. */
export function pinOf(action: PinnedAction, pins: Readonly<Record<string, string>> = {}): string {
  return pins[action] ?? builtInPins[action];
}

/** Reads `<40 hex digits> # v1.2.3`. */
export function parsePin(text: string): Pin | undefined {
  const [, commit, version] = /^([0-9a-f]{40}) # (v\d+(?:\.\d+){0,2})$/.exec(text) ?? [];
  return commit === undefined || version === undefined ? undefined : { commit, version };
}

/**
 * Commits that were made to steal secrets, still found pinned in repositories: tj-actions/changed-files and
 * reviewdog/action-setup of March 2025 (CVE-2025-30066, CVE-2025-30154).
 */
export const knownBadCommits: readonly string[] = [
  '0e58ed8671d6b60d0890c21b07f8835ace038e67',
  'f0d342d24037bb11d26b9bd8496e0808ba32e9ec',
];
