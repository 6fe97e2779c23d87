import { isMap, visit, type YAMLMap } from 'yaml';
import type { ParsedText } from './parse-documents.js';
import { listOf, type MapAt, resolve, scalarOf, textOf } from './yaml-nodes.js';

/** A container of a pod, or what a patch says about one. */
export interface Container {
  readonly file: string;
  readonly name?: string;
  /** Offset of its `image`; absent in a patch that leaves the image as it is. */
  readonly image?: number;
  /** False for what runs to its end: containers of a Job or CronJob, init containers and ephemeral ones. */
  readonly isService: boolean;
  /** Numbers with protocols, `3000/tcp`; `unknown` for one that a program fills in. */
  readonly ports: readonly string[];
}

/** The containers of a text, and ports in it that may belong to any container. */
export interface FoundContainers {
  readonly containers: readonly Container[];
  /** Of JSON patches, of patches that are texts, and of kinds that hold a container in another way. */
  readonly otherPorts: readonly string[];
}

/** Finds the containers of pods in objects of any kind, and in patches of them. */
export function findContainers(parsed: ParsedText): FoundContainers {
  const containers: Container[] = [];
  const otherPorts: string[] = [];
  const known = new Set<YAMLMap>();
  for (const document of parsed.documents)
    visit(document, {
      Map(_, map, ancestors) {
        const at: MapAt = { map, path: '', document };
        const kind = [...ancestors.filter(isMap), map]
          .map((each) => textOf({ ...at, map: each }, 'kind'))
          .findLast((each) => each !== undefined);
        for (const key of containerLists) {
          const isService = key === 'containers' && !/Job$/.test(kind ?? '');
          for (const item of mapsOf(at, key)) {
            const ports = mapsOf(item, 'ports');
            for (const port of ports) known.add(port.map);
            containers.push({ ...describe(item, parsed.file), isService, ports: ports.flatMap(portOf) });
          }
        }
        if (!known.has(map)) otherPorts.push(...portOf(at), ...patchedPort(at));
      },
      Scalar(key, { type, range }) {
        if (key === 'key' || !range || !type?.startsWith('BLOCK')) return;
        otherPorts.push(...portsOfText(parsed.text.slice(range[0], range[1])));
      },
    });
  return { containers, otherPorts };
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

function describe(at: MapAt, file: string): Pick<Container, 'file' | 'name' | 'image'> {
  const name = textOf(at, 'name');
  const image = scalarOf(at, 'image')?.start;
  return { file, ...(name !== undefined && { name }), ...(image !== undefined && { image }) };
}

function portOf(at: MapAt): string[] {
  const port = textOf(at, 'containerPort');
  if (port === undefined) return [];
  return [/^\d+$/.test(port) ? `${port}/${textOf(at, 'protocol')?.toLowerCase() || 'tcp'}` : 'unknown'];
}

/** An operation of a JSON patch that replaces the number alone. */
function patchedPort(at: MapAt): string[] {
  const isPort = textOf(at, 'op') !== undefined && textOf(at, 'path')?.endsWith('/containerPort');
  return isPort ? withAnyProtocol(textOf(at, 'value') ?? '') : [];
}

/** What a text that is a value says: only the program that reads it knows what belongs together. */
function portsOfText(text: string): string[] {
  const isPatch = text.includes('containerPort');
  return isPatch ? [...text.matchAll(/\b\d+\b/g)].flatMap(([port]) => withAnyProtocol(port)) : [];
}

function withAnyProtocol(port: string): string[] {
  return ['tcp', 'udp', 'sctp'].map((protocol) => `${port}/${protocol}`);
}

function mapsOf(at: MapAt, key: string): MapAt[] {
  return (listOf(at, key)?.items ?? []).flatMap((item) => {
    const map = resolve(item, at.document);
    return isMap(map) ? [{ ...at, map }] : [];
  });
}
