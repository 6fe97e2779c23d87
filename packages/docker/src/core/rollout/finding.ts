/** One reason why a workload does not run what was wanted, or something worth knowing. */
export interface Finding {
  /** A note says something and does not count against the workload. */
  readonly severity: 'error' | 'note';
  /** Kubernetes' own word where it has one: `ImagePullBackOff`, `Unschedulable`; else ours. */
  readonly reason: string;
  /** Of a failed pull: `not found`, `unauthorized`, `rate limit`, `no such platform`, … */
  readonly cause?: string;
  /** The container that it is about. */
  readonly container?: string;
  /** The pods that it is about. */
  readonly pods?: readonly string[];
  /** One sentence without a final stop. */
  readonly message: string;
  /** An order that can be followed. */
  readonly fix: string;
  /** What the cluster said itself, in one line. */
  readonly detail?: string;
}

/** One finding for all pods that have the same. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { severity, reason, container, message } = finding;
    const key = JSON.stringify([severity, reason, container, message]);
    const known = merged.get(key);
    const pods = [...new Set([...(known?.pods ?? []), ...(finding.pods ?? [])])];
    merged.set(key, { ...(known ?? finding), ...(pods.length > 0 && { pods }) });
  }
  return [...merged.values()];
}

/** A text of the cluster in one line, without what could be a credential. */
export function oneLine(text: string): string {
  return text
    .replace(/(\w+:\/\/)[^/@\s"]+@/g, '$1')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 400);
}
