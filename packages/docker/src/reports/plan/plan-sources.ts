import { createHash } from 'node:crypto';
import { Minimatch } from 'minimatch';
import { type ExpandedInputs, expandInputs } from '../../core/plan/expand-inputs.js';
import { type ProjectReader, projectReader } from '../../nx/project-files.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import { readNxJson } from '../images/plugin-entries.js';
import type { NxGraph } from './plan-graph.js';
import type { CommitImages } from './plan-images.js';
import { type Maker, makerSources } from './plan-source-projects.js';

/** Files that a build does not read, but that can change what it reads. */
export interface Sources {
  /** How a file counts; `undefined` where it does not. */
  countsBy(path: string): string | undefined;
  /** Hashes over all such files of the commit. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** A set of files, by one rule. */
interface Group {
  readonly key: string;
  has(path: string): boolean;
}

const everything: Group = { key: 'all files', has: () => true };
const rootFiles: Group = { key: 'files of the workspace root', has: (path) => !path.includes('/') };

/** Finds the files that images depend on by way of Nx: through targets that make files, and through own inputs. */
export interface SourceFinder {
  /** True if some image can only be told with the project graph. */
  readonly needsGraph: boolean;
  /** @param graph `undefined` where it is not known: then all files count where it would be needed. */
  find(image: WorkspaceImage, graph: NxGraph | undefined): Sources | undefined;
}

export function sourceFinder({ commit, workspace, images }: CommitImages): SourceFinder {
  const projects = projectReader(workspace);
  const nxJson = readNxJson(workspace);
  const namedInputs = nxJson.namedInputs ?? {};
  const ids = new Set(images.keys());
  const hashes = new Map<string, string>();

  function own(image: WorkspaceImage): OwnTarget {
    return ownTarget(image, { projects, ids, namedInputs, targetDefaults: nxJson.targetDefaults ?? {} });
  }

  function hashOf(group: Group): string {
    const known = hashes.get(group.key);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    for (const path of commit.index.paths) {
      const entry = commit.entries.get(path);
      if (entry && group.has(path)) hash.update(`${JSON.stringify([path, entry.mode, entry.oid])}\n`);
    }
    const digest = hash.digest('hex');
    hashes.set(group.key, digest);
    return digest;
  }

  return {
    needsGraph: [...images.values()].some(({ workspaceImage }) => {
      const { makers, inputs } = own(workspaceImage);
      return makers.length > 0 || inputs.ofDependencies || inputs.projects.length > 0;
    }),
    find(image, graph) {
      const { makers, inputs } = own(image);
      const counting = [
        ...makers.flatMap((maker) => groupsOfMaker(maker, { graph, namedInputs })),
        ...groupsOfInputs(image, inputs, graph),
      ];
      if (counting.length === 0) return undefined;
      return {
        countsBy: (path) => counting.find(({ group }) => group.has(path))?.why,
        hashes: new Map(counting.map(({ group }) => [group.key, hashOf(group)])),
      };
    },
  };
}

interface Counting {
  readonly group: Group;
  readonly why: string;
}

interface OwnTarget {
  readonly makers: readonly Maker[];
  readonly inputs: ExpandedInputs;
}

/** What an image's target depends on by the files of its project and by nx.json, beyond what was inferred for it. */
function ownTarget(
  { image, producers }: WorkspaceImage,
  given: {
    projects: ProjectReader;
    ids: ReadonlySet<string>;
    namedInputs: Readonly<Record<string, unknown>>;
    targetDefaults: Readonly<Record<string, unknown>>;
  },
): OwnTarget {
  const { projectName, projectRoot, targetName } = image;
  const facts = given.projects.facts(projectRoot);
  const { targetDefaults } = given;
  const defaults = (targetDefaults['@moltbook/docker:build'] ?? targetDefaults[targetName] ?? {}) as Lists;
  const target = facts.targets[targetName];
  const dependsOn = target?.dependsOn ?? listOf(defaults.dependsOn);
  const inputs = target?.inputs ?? listOf(defaults.inputs);
  const makers = new Map<string, Maker>();
  for (const maker of [...producers, ...dependsOn.flatMap((each) => makersOf(each, projectName))]) {
    const id = imageId(maker);
    // Images that this one is built from are compared as images.
    if (!given.ids.has(id)) makers.set(id, maker);
  }
  const namedInputs = { ...given.namedInputs, ...facts.namedInputs };
  return {
    makers: [...makers.values()],
    inputs: expandInputs(inputs, { projectRoot, projectName, namedInputs }),
  };
}

type Lists = Readonly<Record<'dependsOn' | 'inputs', unknown>>;

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `build`, `^build`, or an object; what `^` means is covered by all that the project depends on. */
function makersOf(dependency: unknown, projectName: string): Maker[] {
  if (typeof dependency === 'string')
    return dependency === '...' ? [] : [{ projectName, targetName: dependency.replace(/^\^/, '') }];
  if (typeof dependency !== 'object' || dependency === null) return [];
  const { target, projects } = dependency as Record<string, unknown>;
  if (typeof target !== 'string') return [];
  const names = [projects].flat().filter((name): name is string => typeof name === 'string');
  const plain = names.filter((name) => name !== 'self' && name !== 'dependencies');
  return (plain.length > 0 ? plain : [projectName]).map((name) => ({
    projectName: name,
    targetName: target,
  }));
}

function groupsOfMaker(
  maker: Maker,
  { graph, namedInputs }: { graph: NxGraph | undefined; namedInputs: Readonly<Record<string, unknown>> },
): Counting[] {
  const why = `${imageId(maker)} may make a file of it`;
  if (!graph || !Object.hasOwn(graph.nodes, maker.projectName)) return [{ group: everything, why }];
  const { roots, globs } = makerSources(maker, graph, namedInputs);
  return [...roots.map(folderGroup), rootFiles, ...globs.map((glob) => globsGroup([glob]))].map((group) => ({
    group,
    why,
  }));
}

function groupsOfInputs(
  image: WorkspaceImage,
  { globs, ofDependencies, projects }: ExpandedInputs,
  graph: NxGraph | undefined,
): Counting[] {
  const { projectName } = image.image;
  const why = `an input of ${imageId(image.image)}`;
  const names = [...projects, ...(ofDependencies ? dependenciesOf(projectName, graph) : [])];
  const roots = names.map((name) => graph?.nodes[name]?.data.root);
  const groups = [
    ...(globs.length > 0 ? [globsGroup(globs)] : []),
    ...(!graph && (ofDependencies || projects.length > 0) ? [everything] : []),
    ...roots.map((root) => (root === undefined ? everything : folderGroup(root))),
  ];
  return groups.map((group) => ({ group, why }));
}

function dependenciesOf(projectName: string, graph: NxGraph | undefined): string[] {
  const seen = new Set([projectName]);
  for (const name of seen)
    for (const { target } of graph?.dependencies[name] ?? [])
      if (graph && Object.hasOwn(graph.nodes, target)) seen.add(target);
  seen.delete(projectName);
  return [...seen];
}

function folderGroup(root: string): Group {
  if (root === '.' || root === '') return everything;
  return { key: `files of ${root}`, has: (path) => path.startsWith(`${root}/`) };
}

/** A glob that names a folder stands for all that is in it. The order is that of the list: what is taken away counts. */
function globsGroup(globs: readonly string[]): Group {
  const matchers = globs.map((glob) => {
    const bare = glob.replace(/^!/, '').replace(/\/+$/, '');
    const both = [bare, `${bare}/**/*`].map((each) => new Minimatch(each, { dot: true, nocomment: true }));
    return {
      isTaken: !glob.startsWith('!'),
      matches: (path: string) => both.some((each) => each.match(path)),
    };
  });
  const taken = matchers.filter(({ isTaken }) => isTaken);
  const left = matchers.filter(({ isTaken }) => !isTaken);
  return {
    key: `files of ${JSON.stringify(globs)}`,
    has: (path) => taken.some(({ matches }) => matches(path)) && !left.some(({ matches }) => matches(path)),
  };
}
