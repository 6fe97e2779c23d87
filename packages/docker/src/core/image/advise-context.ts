import type { Dockerfile } from '../dockerfile/dockerfile.js';
import type { Place, Problem } from '../errors.js';
import type { ContextFolder } from './context-folder.js';
import type { Evaluation } from './evaluation.js';
import type { BuildFile } from './list-build-files.js';

export interface AdviseContextOptions {
  readonly dockerfile: Dockerfile;
  readonly mainContext: ContextFolder;
  readonly evaluation: Pick<Evaluation, 'reads'>;
  /** The result of listBuildFiles. */
  readonly files: readonly BuildFile[];
  readonly readBytes: number;
  /** All that is in the context and not kept out. */
  readonly context: { readonly files: number; readonly bytes: number };
  /** Paths of the workspace's ignore files. */
  readonly ignoreFiles: readonly string[];
}

/** Finds what is rarely meant about a build context: warnings with the code ADVICE. */
export function adviseContext(options: AdviseContextOptions): Problem[] {
  const { dockerfile } = options;
  return [
    ...adviseUnreadIgnoreFile(options),
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
function adviseUnreadIgnoreFile({ dockerfile, mainContext, ignoreFiles }: AdviseContextOptions): Advice[] {
  const folder = dockerfile.path.split('/').slice(0, -1).join('/') || '.';
  const beside = folder === '.' ? '.dockerignore' : `${folder}/.dockerignore`;
  if (folder === mainContext.folder || !ignoreFiles.includes(beside)) return [];
  return [
    {
      place: { file: beside, line: 1, column: 1 },
      message: `no build reads ${beside}: the build context of ${dockerfile.path} is ${mainContext.folder}`,
      fix: `rename it to ${dockerfile.path}.dockerignore and write its patterns from ${mainContext.folder}`,
    },
  ];
}

function adviseOpenContext({ evaluation, mainContext }: AdviseContextOptions): Advice[] {
  const read = evaluation.reads.find(({ path, context }) => path === '.' && context === undefined);
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
    const read = uses.flatMap((use) => use.reads)[0];
    if (!read || read.kind === 'bind' || !secretNames.some((name) => name.test(path))) return [];
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
