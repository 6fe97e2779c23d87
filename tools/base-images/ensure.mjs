import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { announce } from '../process/announce.mjs';
import { repositoryRoot } from '../process/paths.mjs';
import { findBaseImages } from './from-lines.mjs';
import { pull } from './pull.mjs';
import { inspectImage, makeStandIn } from './stand-in.mjs';

/** @typedef {import('../engine/find.mjs').Engine} Engine */
/** @typedef {import('../process/scope.mjs').Scope} Scope */

const dockerfiles = ['api/Dockerfile', 'moltbook-frontend/Dockerfile'];

/**
 * Sees to it that the engine has the base images of both applications. Those that it lacks are pulled;
 * only when no registry can be reached does a stand-in take their name.
 * @param {Engine} engine
 * @param {Scope} scope
 */
export async function ensureBaseImages(engine, scope) {
  const texts = await Promise.all(dockerfiles.map((path) => readFile(join(repositoryRoot, path), 'utf8')));
  for (const image of new Set(texts.flatMap(findBaseImages))) await ensure(image, { engine, scope });
}

/**
 * @param {string} image
 * @param {{ engine: Engine, scope: Scope }} options
 */
async function ensure(image, { engine, scope }) {
  const found = await inspectImage(image, engine);
  if (found === 'official') return;
  // A stand-in makes way for the real image as soon as a registry answers.
  const obstacle = await pull(image, { engine, signal: scope.signal });
  if (!obstacle) return announce(`Pulled the base image ${image}`);
  if (found !== 'stand-in') await makeStandIn(image, { engine, scope });
  announce(`${image} cannot be pulled: ${obstacle}`);
  announce(
    `STAND-IN: ${image} is NOT the official image here, but busybox with this machine's Node ${process.version}.`,
  );
  announce('STAND-IN: images built on it are for trying things out. Never publish them.');
}
