import { type NxJsonConfiguration, parseJson, type Tree } from '@nx/devkit';
import { type Claims, mergeClaims } from '../../core/setup/claim.js';
import { declaredClaims } from '../../core/setup/declared-claims.js';
import { type NxProject, nxClaims } from '../../core/setup/nx-claims.js';
import { workflowClaims } from '../../core/setup/workflow-claims.js';
import { isGenerated } from '../../core/workflow/update-workflow.js';
import { openTree } from '../../nx/open-tree.js';
import { type DockerPluginOptions, requirePluginOptions } from '../../nx/plugin-options.js';
import { projectReader } from '../../nx/project-files.js';
import { readDeclarations } from '../../nx/read-declarations.js';
import type { Workspace } from '../../nx/workspace.js';
import { readImages, type WorkspaceImage } from '../../nx/workspace-images.js';
import { type AuditModel, readAuditModel } from '../../reports/audit/audit-model.js';
import { matchPluginEntry } from '../../reports/images/match-plugin-entry.js';
import { readListedImages } from '../../reports/images/open-images.js';
import { pluginEntries, readNxJson } from '../../reports/images/plugin-entries.js';
import { findRemote, type Remote } from './find-remote.js';

/** An entry of this plugin in nx.json. */
export interface OwnEntry {
  /** In `plugins`; absent for one that is still to be written. */
  readonly index?: number;
  /** A name alone, without options. */
  readonly isText: boolean;
  readonly options: DockerPluginOptions;
  readonly matches: (path: string) => boolean;
}

/** All that setup knows before it decides anything. */
export interface SetupFacts {
  readonly workspace: Workspace;
  readonly nxJson: NxJsonConfiguration;
  /** At least one. Of the first come the options that are not about single images. */
  readonly entries: readonly [OwnEntry, ...OwnEntry[]];
  /** As the plugin builds them now. */
  readonly images: readonly WorkspaceImage[];
  readonly model: AuditModel;
  readonly claims: Claims;
  readonly remote?: Remote;
}

/**
 * Reads a workspace and everything in it that builds images already.
 *
 * @throws DockerPluginError OPTIONS_INVALID where the plugin's entry in nx.json is wrong.
 */
export async function readSetup(tree: Tree): Promise<SetupFacts> {
  const workspace = await openTree(tree);
  const nxJson = readNxJson(workspace);
  const entries = readEntries(nxJson) as [OwnEntry, ...OwnEntry[]];
  const paths = workspace.index.paths.filter(matchPluginEntry({}));
  const { images } =
    entries[0].index === undefined
      ? await readImages({ workspace, paths, pluginOptions: {}, nxJson })
      : await readListedImages(workspace);
  const remote = await findRemote(tree.root);
  const model = withoutGenerated(
    await readAuditModel(workspace, remote ? { repository: remote.path } : {}),
    workspace,
  );
  const dockerfiles = images.map(({ image }) => image.dockerfilePath);
  // A build by a task of Nx says nothing that the plugin does not know.
  const builds = model.builds
    .filter(({ build }) => build.projects === undefined)
    .map(({ build, image }) => ({ build, dockerfilePath: image.image.dockerfilePath }));
  return {
    workspace,
    nxJson,
    entries,
    images,
    model,
    claims: mergeClaims([
      workflowClaims(builds, model.workflows),
      declaredClaims(await readDeclarations(workspace)),
      nxClaims({
        nxJson: nxJson as unknown as Record<string, unknown>,
        projects: readProjects(workspace),
        dockerfiles,
      }),
    ]),
    ...(remote && { remote }),
  };
}

/** What the plugin itself wrote builds the images as they are. */
function withoutGenerated(model: AuditModel, { readText }: Workspace): AuditModel {
  const isOwn = ({ place }: { place: { file: string } }) => isGenerated(readText(place.file) ?? '');
  return {
    ...model,
    builds: model.builds.filter(({ build }) => !isOwn(build)),
    unlinked: model.unlinked.filter((build) => !isOwn(build)),
  };
}

/** The entries in nx.json that are this plugin's. Without one, an empty entry takes every Dockerfile. */
function readEntries({ plugins = [] }: NxJsonConfiguration): OwnEntry[] {
  const own = plugins.flatMap((given, index): OwnEntry[] => {
    const [entry] = pluginEntries({ plugins: [given] });
    if (!entry) return [];
    const options = requirePluginOptions(entry.options);
    return [{ index, isText: typeof given === 'string', options, matches: matchPluginEntry(entry) }];
  });
  return own.length > 0 ? own : [{ options: {}, isText: true, matches: matchPluginEntry({}) }];
}

/** Projects whose files may say something about images. */
function readProjects(workspace: Workspace): NxProject[] {
  const { index, readText } = workspace;
  const reader = projectReader(workspace);
  return index.paths
    .filter((path) => /(?:^|\/)(?:project|package)\.json$/.test(path))
    .flatMap((file): NxProject[] => {
      const json = readJson(readText(file));
      const root = file.slice(0, Math.max(0, file.lastIndexOf('/'))) || '.';
      const own = file.endsWith('package.json') ? json.nx : json;
      const isRecord = typeof own === 'object' && own !== null;
      const isSecond =
        file.endsWith('package.json') && readText(file.replace(/package\.json$/, 'project.json'));
      if (isSecond && !isRecord) return [];
      return [
        { name: reader.facts(root).name, root, file, json: isRecord ? (own as NxProject['json']) : {} },
      ];
    });
}

function readJson(text: string | undefined): Record<string, unknown> {
  try {
    return text === undefined ? {} : (parseJson<Record<string, unknown>>(text) ?? {});
  } catch {
    return {};
  }
}
