import { expandPartly } from '../../core/audit/expand-partly.js';
import { known } from '../../core/audit/known-parts.js';
import type { WorkflowBuild } from '../../core/audit/workflow-build.js';
import { hasPath } from '../../core/image/file-index.js';
import { linkImages } from '../../core/image/link-images.js';
import { evaluateImage } from '../../nx/evaluate-image.js';
import type { DeclaredImage, Image } from '../../nx/image.js';
import { imageInputs } from '../../nx/image-inputs.js';
import type { Workspace } from '../../nx/workspace.js';
import { imageId, type WorkspaceImage } from '../../nx/workspace-images.js';
import type { AuditModel, LinkedBuild } from './audit-model.js';

interface Given {
  readonly images: readonly WorkspaceImage[];
  readonly workspace: Workspace;
}

/**
 * Links builds to images: by the Dockerfile that they name, else by the name they push. Each image is then evaluated as
 * the workflow builds it; one Dockerfile that is built in several ways is several images.
 */
export function linkBuilds(
  builds: readonly WorkflowBuild[],
  given: Given,
): Pick<AuditModel, 'images' | 'builds' | 'unlinked'> {
  const found = builds.flatMap((build) => findDeclaredImages(build, given));
  const evaluated = new Map<string, Image>();
  const taken = new Map<string, number>();
  for (const { declared } of found) {
    if (!declared || evaluated.has(keyOf(declared))) continue;
    const count = taken.get(declared.dockerfilePath) ?? 0;
    taken.set(declared.dockerfilePath, count + 1);
    const suffix = [declared.targetName, declared.options.targetStage ?? String(count + 1)].join('-');
    const named = count === 0 ? declared : { ...declared, targetName: suffix };
    evaluated.set(keyOf(declared), evaluateImage(named, given.workspace));
  }
  const others = given.images
    .filter(({ image }) => !taken.has(image.dockerfilePath))
    .map(({ image }) => image);
  const names = namesOf(found, evaluated);
  const images = withBases([...evaluated.values(), ...others], { ...given, names });
  const byId = new Map(images.map((image) => [imageId(image.image), image]));
  const linked = found.flatMap(({ build, declared }): LinkedBuild[] => {
    const own = declared && evaluated.get(keyOf(declared));
    const image = own && byId.get(imageId(own));
    if (!image) return [];
    const workflow = { ...build.workflow, imageId: imageId(image.image) };
    return [{ build: { ...build, workflow }, image }];
  });
  return {
    images,
    builds: linked,
    unlinked: found.filter(({ declared }) => !declared).map(({ build }) => build),
  };
}

interface Found {
  readonly build: WorkflowBuild;
  readonly declared: DeclaredImage | undefined;
}

/** A task of Nx builds the images as they are declared. */
function findDeclaredImages(build: WorkflowBuild, given: Given): Found[] {
  const { projects } = build;
  if (!projects) {
    const builds = expandPartly(build, given.workspace.index.paths);
    return builds.map((each) => ({ build: each, declared: declaredOf(each, given) }));
  }
  return given.images
    .filter(({ image }) => projects.length === 0 || projects.includes(image.projectName))
    .map(({ image }) => ({ build, declared: image }));
}

/** The image as the build makes it: what the workflow says replaces what was declared or inferred. */
function declaredOf(build: WorkflowBuild, given: Given): DeclaredImage | undefined {
  const base = findDeclared(build, given);
  if (!base) return undefined;
  const { context, target, buildArgs = {}, openArgs = [], namedContexts = {} } = build;
  const { buildContext: _, targetStage: __, namedContexts: ___, ...others } = base.options;
  const pushed = build.references.map(repositoryOf).find((name) => known(name) !== undefined && name !== '');
  return {
    projectName: base.projectName,
    projectRoot: base.projectRoot,
    targetName: base.targetName,
    dockerfilePath: base.dockerfilePath,
    image: pushed ?? base.image,
    options: {
      ...others,
      ...(context !== undefined && { buildContext: context }),
      ...(target !== undefined && { targetStage: target }),
      // A value of which only a run knows may be any.
      buildArgs: { ...Object.fromEntries(openArgs.map((name) => [name, null])), ...buildArgs },
      namedContexts,
    },
    contextSource: `${build.place.file}:${build.place.line} says so`,
    problems: [],
  };
}

function findDeclared(
  { dockerfile, references }: WorkflowBuild,
  { images, workspace }: Given,
): DeclaredImage | undefined {
  if (dockerfile !== undefined) {
    const own = images.find(({ image }) => image.dockerfilePath === dockerfile)?.image;
    if (own) return own;
    if (hasPath(dockerfile, workspace.index)) return unlisted(dockerfile, workspace);
  }
  const names = references
    .map(repositoryOf)
    .map(lastPart)
    .filter((name) => known(name) !== undefined && name !== '');
  const fitting = images.filter(
    ({ image }) => names.includes(lastPart(image.image)) || names.includes(image.projectName),
  );
  return fitting.length === 1 ? fitting[0]?.image : undefined;
}

/** A Dockerfile under a name that the plugin does not look for. */
function unlisted(dockerfilePath: string, { name }: Workspace): DeclaredImage {
  const folder = dockerfilePath.slice(0, Math.max(0, dockerfilePath.lastIndexOf('/'))) || '.';
  const projectName = folder === '.' ? name : folder.replaceAll('/', '-');
  const image = projectName.toLowerCase();
  return {
    projectName,
    projectRoot: folder,
    targetName: 'docker-build',
    dockerfilePath,
    image,
    options: {},
    problems: [],
  };
}

function keyOf({ dockerfilePath, options }: DeclaredImage): string {
  const { buildContext, targetStage, buildArgs, namedContexts } = options;
  return JSON.stringify([dockerfilePath, buildContext, targetStage, buildArgs, namedContexts]);
}

/** Everything that an image is pushed as: any of it can stand in a FROM. */
function namesOf(
  found: readonly Found[],
  evaluated: ReadonlyMap<string, Image>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { build, declared } of found) {
    const image = declared && evaluated.get(keyOf(declared));
    if (!image) continue;
    const own = names.get(imageId(image)) ?? new Set();
    names.set(imageId(image), own);
    for (const name of build.references.map(repositoryOf)) if (known(name) !== undefined) own.add(name);
  }
  return names;
}

function withBases(
  images: readonly Image[],
  { images: declared, workspace, names }: Given & { names: ReadonlyMap<string, ReadonlySet<string>> },
): WorkspaceImage[] {
  const byId = new Map(images.map((image) => [imageId(image), image]));
  const linkable = images.flatMap((image) => {
    const id = imageId(image);
    const all = [...new Set([image.image, ...(names.get(id) ?? [])])];
    return all.map((name, index) => ({
      id: index === 0 ? id : `${id}\n${index}`,
      image: name,
      uses: index === 0 ? image.evaluation.images : [],
    }));
  });
  const edges = linkImages(linkable).edges.map((edge) => ({ ...edge, to: edge.to.split('\n')[0] ?? '' }));
  return images.map((image) => {
    const bases = edges
      .filter(({ from }) => from === imageId(image))
      .flatMap(({ to, uses }) => {
        const base = byId.get(to);
        return base && base !== image ? [{ image: base, uses }] : [];
      });
    const own = declared.find((each) => each.image.dockerfilePath === image.dockerfilePath);
    return {
      image,
      bases,
      producers: own?.producers ?? [],
      inputs: imageInputs(image, allBases(image, edges, byId), workspace.index),
      problems: image.problems,
    };
  });
}

/** The images that one is built from, directly or through others. */
export function allBases(
  image: Image,
  edges: readonly { readonly from: string; readonly to: string }[],
  byId: ReadonlyMap<string, Image>,
): Image[] {
  const seen = new Set([imageId(image)]);
  for (const at of seen) for (const edge of edges) if (edge.from === at) seen.add(edge.to);
  seen.delete(imageId(image));
  return [...seen].flatMap((id) => byId.get(id) ?? []);
}

function repositoryOf(reference: string): string {
  return reference
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .toLowerCase();
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
