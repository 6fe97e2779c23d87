/** An operating system and a processor, by the names of https://github.com/containerd/platforms. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

const operatingSystems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);

const architectures = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);

/** Parses `os`, `architecture`, `os/architecture` or `os/architecture/variant`; `undefined` if malformed. */
export function parsePlatform(text: string, host: Platform): Platform | undefined {
  const parts = text.split('/');
  const [first = '', second, third = ''] = parts;
  if (parts.length > 3 || !parts.every((part) => /^[\w.-]+$/.test(part.replace(/\([\w.+-]*\)$/, '')))) {
    return undefined;
  }
  const os = first
    .toLowerCase()
    .replace(/\(.*/, '')
    .replace(/^macos$/, 'darwin');
  if (second !== undefined) return { os, ...normalizeArchitecture(second, third) };
  if (operatingSystems.has(os)) return { ...host, os };
  const processor = normalizeArchitecture(first, '');
  return architectures.has(processor.architecture) ? { os: host.os, ...processor } : undefined;
}

/** `linux/arm/v7` */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === '' ? [] : [variant])].join('/');
}

function normalizeArchitecture(
  text: string,
  variantText: string,
): Pick<Platform, 'architecture' | 'variant'> {
  const architecture = text.toLowerCase();
  const variant = variantText.toLowerCase();
  switch (architecture) {
    case 'i386':
      return { architecture: '386', variant: '' };
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: variant === 'v1' ? '' : variant };
    case 'aarch64':
    case 'arm64':
      return { architecture: 'arm64', variant: /^v?8$/.test(variant) ? '' : variant };
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' };
    case 'armel':
      return { architecture: 'arm', variant: 'v6' };
    case 'arm':
      return { architecture, variant: variant === '' ? 'v7' : variant.replace(/^(?=[5-8]$)/, 'v') };
    default:
      return { architecture, variant };
  }
}
