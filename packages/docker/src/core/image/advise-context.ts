import type { Dockerfile } from '../dockerfile/dockerfile.js';
import type { Place, Problem } from '../errors.js';
import { type ContextFolder, foldersAbove, joinPath } from './context-folder.js';
import type { Evaluation } from './evaluation.js';
import type { BuildFile } from './list-build-files.js';

export interface AdviseContextOptions {
  readonly dockerfile: Dockerfile;
  readonly projectRoot: string;
  readonly mainContext: ContextFolder;
  readonly evaluation: Pick<Evaluation, 'reads'>;
  /** The result of listBuildFiles. */
  readonly files: readonly BuildFile[];
  readonly readBytes: number;
  /** All that is in the context and not kept out. */
  readonly context: { readonly files: number; readonly bytes: number };
  /** Paths of those ignore files of the workspace that are in effect for no image. */
  readonly unreadIgnoreFiles: readonly string[];
}

/** Finds what is rarely meant about a build context: warnings with the code ADVICE. */
export function adviseContext(options: AdviseContextOptions): Problem[] {
  const { dockerfile } = options;
  return [
    ...adviseUnreadIgnoreFiles(options),
    ...adviseOpenContext(options),
    ...adviseLargeContext(options),
    ...adviseSecrets(options),
  ].map(({ place, ...advice }) => {
    const sourceLine = place.file === dockerfile.path ? dockerfile.lines[place.line - 1] : undefined;
    return {
      code: 'ADVICE',
      severity: 'warning',
      ...advice,
      place,
      ...(sourceLine !== undefined && { sourceLine }),
    };
  });
}

interface Advice {
  readonly place: Place;
  readonly message: string;
  readonly fix: string;
}

/** BuildKit looks beside the Dockerfile for a file of its name, and in the root of the context: nowhere else. */
function adviseUnreadIgnoreFiles(options: AdviseContextOptions): Advice[] {
  const { dockerfile, projectRoot, mainContext, unreadIgnoreFiles } = options;
  const where = mainContext.folder === '.' ? 'the workspace root' : mainContext.folder;
  const own = `${dockerfile.path}.dockerignore`;
  const folders = foldersAbove(dockerfile.path);
  return folders
    .slice(0, folders.indexOf(projectRoot) + 1)
    .filter((folder) => folder !== mainContext.folder)
    .map((folder) => joinPath(folder, '.dockerignore'))
    .filter((path) => unreadIgnoreFiles.includes(path))
    .map((path) => ({
      place: { file: path, line: 1, column: 1 },
      message: `no build reads ${path}: the build context of ${dockerfile.path} is ${where}`,
      fix:
        mainContext.ignoreFile?.path === own
          ? `move what is still needed to ${own}, which is read, and delete it`
          : `rename it to ${own} and write its patterns as seen from ${where}`,
    }));
}

function adviseOpenContext({ evaluation, mainContext }: AdviseContextOptions): Advice[] {
  // What is widened, has a warning of its own.
  const read = evaluation.reads.find(
    ({ path, context, widened }) => path === '.' && context === undefined && widened === undefined,
  );
  if (!read || mainContext.folder !== '.' || mainContext.ignoreFile) return [];
  return [
    {
      place: read.place,
      message: 'this reads the whole workspace, .git and node_modules included',
      fix: `add ${read.place.file}.dockerignore with ** in the first line and ! before each folder it needs`,
    },
  ];
}

/** BuildKit asks for what it reads; Podman, Buildah and Docker's old builder are sent everything. */
function adviseLargeContext({ dockerfile, mainContext, context, readBytes }: AdviseContextOptions): Advice[] {
  if (context.bytes < 100e6 || context.bytes < 10 * readBytes) return [];
  const size = `${Math.round(context.bytes / 1e6).toLocaleString('en-US')} MB`;
  return [
    {
      place: { file: dockerfile.path, line: 1, column: 1 },
      message: `the build context ${mainContext.folder} holds ${size} that no ignore rule keeps out, and the image reads ${Math.round((100 * readBytes) / context.bytes)} % of it`,
      fix: `keep the rest out with ${mainContext.ignoreFile?.path ?? `${dockerfile.path}.dockerignore`}`,
    },
  ];
}

const secretNames = [
  /(?:^|\/)\.env(?:\.(?!(?:example|sample|template|dist|defaults)$)[\w.-]+)?$/,
  /(?:^|\/)\.(?:npmrc|netrc|pypirc|pgpass|htpasswd|git-credentials)$/,
  /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\.(?:pem|key|p12|pfx|jks|keystore)$/,
  /(?:^|\/)\.(?:aws\/credentials|docker\/config\.json|kube\/config)$/,
  /(?:^|\/)(?:credentials|service-account)[\w.-]*\.json$/,
];

function adviseSecrets({ files }: AdviseContextOptions): Advice[] {
  return files.flatMap(({ path, uses }) => {
    const read = uses.flatMap((use) => use.reads).find(({ kind }) => kind !== 'bind');
    if (!read || !secretNames.some((name) => name.test(path))) return [];
    const message = `${path} looks like a secret, and this puts it into a layer`;
    return [
      {
        place: read.place,
        message,
        fix: 'keep it out with the ignore file, or mount it: RUN --mount=type=secret',
      },
    ];
  });
}
