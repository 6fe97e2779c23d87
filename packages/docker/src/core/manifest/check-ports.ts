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
export function checkPorts({
  fields,
  winners,
  exposed,
  containers,
  otherPorts,
}: CheckPortsOptions): FieldProblem[] {
  const byPlace = new Map(fields.map((field) => [placeKey(field.place.file, field.start), field]));
  const fieldOf = ({ file, image }: Container) =>
    image === undefined ? undefined : byPlace.get(placeKey(file, image));
  return [...exposed].flatMap(([repository, ports]) => {
    const own = containers.filter((container) => {
      const field = fieldOf(container);
      return field?.unmanaged === undefined && isOf(repository, field, winners);
    });
    const first = own.find(({ isService }) => isService);
    const field = first && fieldOf(first);
    if (!field) return [];
    const names = new Set(own.flatMap(({ name }) => name ?? []));
    const patches = containers.filter(({ image, name }) => image === undefined && names.has(name ?? ''));
    const named = [...[...own, ...patches].flatMap((container) => container.ports), ...otherPorts];
    const unnamed = named.includes('unknown') ? [] : ports.filter((port) => !named.some(isOneOf(port)));
    const problem = { ...unnamedPorts(repository, unnamed), place: field.place };
    return unnamed.length > 0 ? [{ field, problem }] : [];
  });
}

function placeKey(file: string, start: number): string {
  return `${start} ${file}`;
}

/** A kustomization may put another name in the place of the one in the manifest. */
function isOf(
  repository: string,
  field: FileField | undefined,
  winners: CheckPortsOptions['winners'],
): boolean {
  return [field, field && winners.get(field)].some((each) => each?.repository === repository);
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
