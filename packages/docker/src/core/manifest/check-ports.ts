import type { Problem } from '../errors.js';
import type { ExposedPort } from '../image/evaluation.js';
import { formatPort } from '../image/parse-port.js';
import type { FieldProblem } from './check-fields.js';
import type { Container, FoundContainers } from './find-containers.js';
import type { FileField } from './find-winners.js';

export interface CheckPortsOptions extends FoundContainers {
  readonly fields: readonly FileField[];
  readonly winners: ReadonlyMap<FileField, FileField>;
  /** What each image exposes, by normalised repository. */
  readonly exposed: ReadonlyMap<string, readonly ExposedPort[]>;
}

/**
 * Finds images with a port that EXPOSE names and no container does, over all files together: a patch or another object
 * may name it. An image that only runs to an end serves nobody. Of a range one port is enough.
 */
export function checkPorts(options: CheckPortsOptions): FieldProblem[] {
  const { exposed, containers, otherPorts } = options;
  const placed = byRepository(options);
  const patches = containers.filter(({ image }) => image === undefined);
  return [...exposed].flatMap(([repository, ports]) => {
    const own = placed.get(repository) ?? [];
    const field = own.find(({ container }) => container.isService)?.field;
    if (!field || ports.length === 0) return [];
    const names = new Set(own.flatMap(({ container }) => container.name ?? []));
    const said = [
      ...own.flatMap(({ container }) => container.ports),
      ...patches.filter(({ name = '' }) => names.has(name)).flatMap((patch) => patch.ports),
      ...otherPorts,
    ];
    const unnamed = said.includes('unknown') ? [] : ports.filter((port) => !said.some(isOneOf(port)));
    const problem = { ...unnamedPorts(repository, unnamed), place: field.place };
    return unnamed.length > 0 ? [{ field, problem }] : [];
  });
}

interface PlacedContainer {
  readonly container: Container;
  readonly field: FileField;
}

/** Containers by what they run: a kustomization may put another name in the place of the one in the manifest. */
function byRepository({ fields, winners, containers }: CheckPortsOptions): Map<string, PlacedContainer[]> {
  const fieldAt = new Map(fields.map((field) => [placeKey(field.place.file, field.start), field]));
  const placed = new Map<string, PlacedContainer[]>();
  for (const container of containers) {
    const { file, image } = container;
    const field = image === undefined ? undefined : fieldAt.get(placeKey(file, image));
    if (!field || field.unmanaged !== undefined) continue;
    const repositories = [field, winners.get(field) ?? field].map(({ repository }) => repository);
    for (const repository of new Set(repositories)) {
      const others = placed.get(repository);
      if (others) others.push({ container, field });
      else placed.set(repository, [{ container, field }]);
    }
  }
  return placed;
}

function placeKey(file: string, start: number): string {
  return `${start} ${file}`;
}

function isOneOf({ first, last, protocol }: ExposedPort): (port: string) => boolean {
  return (port) => {
    const [number, own] = port.split('/');
    return own === protocol && Number(number) >= first && Number(number) <= last;
  };
}

function unnamedPorts(repository: string, ports: readonly ExposedPort[]): Problem {
  const list = [
    ...new Set(ports.map((port) => `${formatPort(port)} (${port.place.file}:${port.place.line})`)),
  ];
  const entries = [...new Set(ports.map(portEntry))];
  return {
    code: 'ADVICE',
    severity: 'warning',
    message: `${repository} exposes ${list.join(', ')}, and no container of it names that under ports`,
    fix: `add ports: [${entries.join(', ')}] to the container, or correct EXPOSE in the Dockerfile`,
  };
}

function portEntry({ first, protocol }: ExposedPort): string {
  const suffix = protocol === 'tcp' ? '' : `, protocol: ${protocol.toUpperCase()}`;
  return `{ containerPort: ${first}${suffix} }`;
}
