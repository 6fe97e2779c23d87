import { randomDockerfile } from './random-dockerfile.js';
import { folderOf, pick, randomFiles } from './random-files.js';
import { randomIgnoreFile } from './random-ignore-file.js';
import type { Random } from './random-numbers.js';
import type { Files } from './workspace.js';

/** A workspace with a build context, a Dockerfile and perhaps ignore files. All paths are relative to it. */
export interface RandomBuild {
  readonly files: Files;
  readonly dockerfilePath: string;
  readonly contextFolder: string;
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Local named contexts by name. */
  readonly namedContexts: Readonly<Record<string, string>>;
}

export interface RandomBuildOptions {
  /** A text that no other build has. */
  readonly mark: string;
  /** The flags that not every engine's BuildKit knows, as far as this one does. */
  readonly flags: readonly string[];
}

/** The named context that is in the workspace, and its folder. */
const side = 'side';

export function randomBuild(random: Random, { mark, flags }: RandomBuildOptions): RandomBuild {
  const contextFolder = pick(random, ['.', '.', 'ctx']);
  const inner = randomFiles(random, { most: 18, mark });
  const sideFiles = randomFiles(random, { most: 6, mark: `${mark} ${side}` });
  const paths = Object.keys(inner);
  const given = { paths, sidePaths: Object.keys(sideFiles), mark, flags };
  const { text, stages } = randomDockerfile(random, given);
  const dockerfilePath = pick(random, freeDockerfilePaths(contextFolder, paths));
  const files: Record<string, Files[string]> = {
    ...inFolder(contextFolder, inner),
    ...inFolder(side, sideFiles),
    [dockerfilePath]: text,
  };
  // The one beside the Dockerfile wins, so that both together are worth a try.
  if (random(3) > 0)
    Object.assign(files, inFolder(contextFolder, ignoreFile('.dockerignore', random, paths)));
  if (random(4) === 0) Object.assign(files, ignoreFile(`${dockerfilePath}.dockerignore`, random, paths));
  if (random(3) === 0) Object.assign(files, ignoreFile(`${side}/.dockerignore`, random, given.sidePaths));
  return {
    files,
    dockerfilePath,
    contextFolder,
    buildArgs: random(3) === 0 ? { GIVEN: pick(random, paths) } : {},
    namedContexts: { [side]: side },
    ...(random(4) === 0 && { target: pick(random, stages) }),
  };
}

function freeDockerfilePaths(contextFolder: string, paths: readonly string[]): string[] {
  const inContext = ['Dockerfile', 'docker/app.Dockerfile', 'a/Dockerfile'].filter(
    (path) => !paths.includes(folderOf(path)),
  );
  return [
    ...Object.keys(inFolder(contextFolder, Object.fromEntries(inContext.map((path) => [path, ''])))),
    'Dockerfile',
  ];
}

function ignoreFile(path: string, random: Random, paths: readonly string[]): Files {
  return { [path]: randomIgnoreFile(random, paths) };
}

function inFolder(folder: string, files: Files): Files {
  if (folder === '.') return files;
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
}
