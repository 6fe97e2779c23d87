import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announce } from '../process/announce.mjs';
import { repositoryRoot } from '../process/paths.mjs';
import { findBaseImages } from './from-lines.mjs';
import { pull } from './pull.mjs';
import { inspectImage, makeStandIn } from './stand-in.mjs';

/** @typedef {import('../engine/find.mjs').Engine} Engine */

const dockerfiles = ['api/Dockerfile', 'moltbook-frontend/Dockerfile'];

/**
 * Sees to it that the engine has the base images of both applications. Those that it lacks are pulled;
 * only when no registry can be reached does a stand-in take their name.
 * @param {Engine} engine
 * @param {import('../process/scope.mjs').Scope} scope
 */
export async function ensureBaseImages(engine, { signal }) {
  const texts = await Promise.all(dockerfiles.map((path) => readFile(join(repositoryRoot, path), 'utf8')));
  for (const image of new Set(texts.flatMap(findBaseImages))) await ensure(image, { engine, signal });
}

/**
 * @param {string} image
 * @param {{ engine: Engine, signal: AbortSignal }} options
 */
async function ensure(image, { engine, signal }) {
  const found = await inspectImage(image, engine);
  if (found === 'official') return;
  // A stand-in makes way for the real image as soon as a registry answers.
  const obstacle = await pull(image, { engine, signal });
  if (!obstacle) return announce(`Pulled the base image ${image}`);
  if (found !== 'stand-in') await makeStandIn(image, engine);
  announce(`${image} cannot be pulled: ${obstacle}`);
  announce(
    `STAND-IN: ${image} is NOT the official image here, but busybox with this machine's Node ${process.version}.`,
  );
  announce('STAND-IN: images built on it are for trying things out. Never publish them.');
}
