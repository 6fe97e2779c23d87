import { resolvePath } from '../core/declarations/declaration.js';
import type { Dockerfile } from '../core/dockerfile/dockerfile.js';
import { parseDockerfile } from '../core/dockerfile/parse-dockerfile.js';
import { parseDockerignore } from '../core/dockerfile/parse-dockerignore.js';
import type { Problem } from '../core/errors.js';
import { type ContextFolder, ignoreFileCandidates } from '../core/image/context-folder.js';
import { type EvaluateOptions, evaluateDockerfile } from '../core/image/evaluate-dockerfile.js';
import type { Evaluation } from '../core/image/evaluation.js';
import { hasPath } from '../core/image/file-index.js';
import { type InferredBuildContext, inferBuildContext } from '../core/image/infer-build-context.js';
import { mergeEvaluations } from '../core/image/merge-evaluations.js';
import type { DeclaredImage, Image } from './image.js';
import type { ImageOptions } from './plugin-options.js';
import type { Workspace } from './workspace.js';

/** What the files of a workspace say, without its name. */
type Files = Pick<Workspace, 'index' | 'readText'>;

/**
 * What an image is built for where its options name no platform depends on the machine, but its inputs must not: both
 * usual platforms count.
 */
const usualPlatforms = ['linux/amd64', 'linux/arm64'];

function platformsOf({ platforms = [] }: ImageOptions, { lines }: Dockerfile): readonly string[] {
  if (platforms.length > 0) return platforms;
  const depends = lines.some((line) => /(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(line));
  return depends ? usualPlatforms : usualPlatforms.slice(0, 1);
}

/** Evaluates the Dockerfile of an image and finds its build context and ignore files. Never throws. */
export function evaluateImage(declared: DeclaredImage, workspace: Files): Image {
  const { dockerfilePath, options } = declared;
  const text = workspace.readText(dockerfilePath);
  const dockerfile = parseDockerfile(text ?? '', { path: dockerfilePath });
  const evaluation = evaluate(dockerfile, options);
  const inferred = inferBuildContext({
    dockerfilePath,
    projectRoot: declared.projectRoot,
    reads: evaluation.reads,
    exists: (path) => hasPath(path, workspace.index),
  });
  const given = options.buildContext === undefined ? undefined : resolvePath('', options.buildContext);
  const buildContext = given ?? inferred.context;
  // Where nothing is read, or what is read is not known, there is nothing to guess wrong.
  const isGuessed = given === undefined && !inferred.certain && isReadAsWritten(evaluation);
  const mainContext = findIgnoreFile(buildContext, workspace, dockerfilePath);
  const namedContexts = namedFolders(options, evaluation, workspace);
  return {
    ...declared,
    dockerfile,
    evaluation,
    buildContext,
    contextReason: given === undefined ? inferred.reason : (declared.contextSource ?? ''),
    mainContext,
    namedFolders: namedContexts,
    problems: [
      ...declared.problems,
      ...(text === undefined ? [unreadable(dockerfilePath)] : evaluation.problems).map((problem) =>
        options.strict ? asStrict(problem) : problem,
      ),
      ...(isGuessed ? [guessedContext(dockerfilePath, inferred)] : []),
      ...ignoreFileProblems([mainContext, ...Object.values(namedContexts)]),
    ],
  };
}

function evaluate(dockerfile: Dockerfile, options: ImageOptions): Evaluation {
  const { buildArgs, targetStage, namedContexts, onbuild } = options;
  const shared: EvaluateOptions = {
    ...(buildArgs && { buildArgs }),
    ...(targetStage !== undefined && { target: targetStage }),
    ...(namedContexts && { namedContexts }),
    ...(onbuild && { onbuild }),
    baseEnv: 'unknown',
  };
  const [first, ...others] = platformsOf(options, dockerfile).map((platform) =>
    evaluateDockerfile(dockerfile, { ...shared, platform }),
  ) as [Evaluation, ...Evaluation[]];
  return others.length > 0 ? mergeEvaluations(first, ...others) : first;
}

function namedFolders(
  options: ImageOptions,
  { usedContexts }: Evaluation,
  workspace: Files,
): Record<string, ContextFolder> {
  const folders: Record<string, ContextFolder> = {};
  for (const key of usedContexts) {
    const folder = resolvePath('', (options.namedContexts?.[key] ?? '').replace(/^local:(?:\/\/)?/, ''));
    if (folder !== undefined) folders[key] = findIgnoreFile(folder, workspace);
  }
  return folders;
}

function findIgnoreFile(folder: string, workspace: Files, dockerfilePath?: string): ContextFolder {
  for (const path of ignoreFileCandidates(folder, dockerfilePath)) {
    const text = workspace.readText(path);
    if (text !== undefined) return { folder, ignoreFile: { path, text } };
  }
  return { folder };
}

function isReadAsWritten({ reads, problems }: Evaluation): boolean {
  return reads.length > 0 && problems.every(({ severity }) => severity !== 'error');
}

function asStrict(problem: Problem): Problem {
  return problem.code === 'DOCKERFILE_UNKNOWN' ? { ...problem, severity: 'error' } : problem;
}

function ignoreFileProblems(contexts: readonly ContextFolder[]): Problem[] {
  return contexts.flatMap(({ ignoreFile }) =>
    ignoreFile ? parseDockerignore(ignoreFile.text, ignoreFile.path).problems : [],
  );
}

function guessedContext(path: string, { context, reason }: InferredBuildContext): Problem {
  return {
    code: 'CONTEXT_AMBIGUOUS',
    severity: 'warning',
    message: `the build context of ${path} is a guess: ${context} (${reason})`,
    fix: `say it in nx.json, in the plugin's option images[${JSON.stringify(path)}].buildContext`,
    place: { file: path, line: 1, column: 1 },
  };
}

function unreadable(path: string): Problem {
  return {
    code: 'FILE_UNREADABLE',
    severity: 'error',
    message: `${path} cannot be read`,
    fix: 'check its permissions, or exclude it in the plugin entry in nx.json',
    place: { file: path, line: 1, column: 1 },
  };
}
