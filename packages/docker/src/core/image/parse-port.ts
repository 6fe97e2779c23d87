/** Ports of a protocol; `first` and `last` are the same for a single one. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
  /** `tcp`, `udp` or `sctp`. */
  readonly protocol: string;
}

/** Reads a word of EXPOSE as BuildKit does: `80`, `53/udp`, `8000-8010`; nothing for what is no port. */
export function parsePort(word: string): PortRange | undefined {
  const [, from = '', to = from, given = ''] = /^(?:.*:)?(\d+)(?:-(\d+))?(?:\/(\w*))?$/.exec(word) ?? [];
  const [first, last] = [Number(from), Number(to)];
  const protocol = given.toLowerCase() || 'tcp';
  const isValid = from !== '' && first <= last && last <= 65_535;
  return isValid && /^(?:tcp|udp|sctp)$/.test(protocol) ? { first, last, protocol } : undefined;
}

/** As people write it: `80/tcp`, `8000-8010/udp`. */
export function formatPort({ first, last, protocol }: PortRange): string {
  return `${first === last ? first : `${first}-${last}`}/${protocol}`;
}
