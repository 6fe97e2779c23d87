import type { Engine } from '../../core/build/engine.js';
import type { LocalImage } from '../../core/build/local-image.js';
import { findEngine } from '../../host/find-engine.js';
import { inspectLocalImages } from '../../host/local-images.js';
import { runProcess } from '../../host/run-process.js';
import type { BuildExecutorOptions } from '../../nx/build-options.js';
import { findInEngine } from './find-in-engine.js';
import { limitToEngine } from './limit-to-engine.js';
import type { MadeImage } from './made-image.js';
import { mayTake } from './may-take.js';
import { requireBases } from './require-bases.js';
import type { ResolvedBuild } from './resolve-bases.js';
import { runBuild } from './run-build.js';
import { takeBases } from './take-bases.js';
import type { SourcedBuild } from './with-source.js';

/** Leaves an image in the engine's own store: the one that is there, if it was built from the same inputs. */
export async function makeInEngine(
  build: ResolvedBuild,
  options: BuildExecutorOptions,
  root: string,
): Promise<MadeImage> {
  const engine = await findEngine();
  const found = mayTake(options, build.image, 'engine') ? await findInEngine(build, engine, root) : undefined;
  if (found) return takeImage(found, build, engine);
  const request = await limitToEngine(takeBases(build, engine), engine);
  await requireBases(build.bases, engine);
  const result = await runBuild(request, engine, root);
  const [image] = await inspectLocalImages(engine, request.imageRefs.slice(0, 1));
  return { ...result, tags: tagsOf(build), labels: request.labels ?? {}, ...sizesOf(image, build) };
}

async function takeImage(found: LocalImage, build: SourcedBuild, engine: Engine): Promise<MadeImage> {
  const { imageRefs } = build.request;
  const unnamed = imageRefs.filter((ref) => !found.names.includes(ref));
  for (const ref of unnamed) await nameImage(found, ref, engine);
  const news =
    unnamed.length > 0
      ? `unchanged: ${found.id.slice(0, 19)} was built from these inputs; it is named ${unnamed.join(', ')} now`
      : `unchanged: ${imageRefs.join(', ')} already holds these inputs`;
  return {
    tags: tagsOf(build),
    labels: found.labels,
    ...(found.digest === undefined ? { imageId: found.id } : { digest: found.digest }),
    ...sizesOf(found, build),
    unchanged: news,
  };
}

async function nameImage({ id }: LocalImage, ref: string, engine: Engine): Promise<void> {
  await runProcess(
    { file: engine.file, args: ['tag', id, ref], env: {} },
    {
      cwd: '.',
      failure: {
        code: 'ENGINE_FAILED',
        what: `${engine.description} could not name an image that it has`,
        fix: 'run it again with --force, which builds the image',
      },
    },
  );
}

function tagsOf({ image, request }: SourcedBuild): string[] {
  return request.imageRefs.map((ref) => ref.slice(image.image.length + 1));
}

/** The store says one size for an image with several platforms. */
function sizesOf(image: LocalImage | undefined, { request }: SourcedBuild): Pick<MadeImage, 'sizes'> {
  if (image?.size === undefined || image.platform === '' || (request.platforms?.length ?? 0) > 1) return {};
  return { sizes: { [image.platform]: image.size } };
}
