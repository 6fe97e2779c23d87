import { DockerPluginError } from '../../core/errors.js';
import { unknownProject } from '../images/unknown-project.js';
import type { CommitImages } from './plan-images.js';

/**
 * The ids of images that somebody chose by hand; `undefined` where nobody chose any.
 *
 * @param projects Names of the command line.
 * @param images Of a dispatched run: names with commas between, or `all`.
 * @throws DockerPluginError NAME_UNKNOWN
 */
export function chosenImages(
  projects: readonly string[] | undefined,
  images: string | undefined,
  { images: known }: CommitImages,
): string[] | undefined {
  const names = (projects ?? images?.split(',') ?? [])
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0 || (projects === undefined && names.length === 1 && names[0] === 'all'))
    return undefined;
  const byName = new Map<string, string[]>();
  for (const [id, { workspaceImage }] of known) {
    const { projectName } = workspaceImage.image;
    byName.set(projectName, [...(byName.get(projectName) ?? []), id]).set(id, [id]);
  }
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length > 0)
    throw new DockerPluginError(unknown.map((name) => unknownProject(name, [...byName.keys()])));
  return [...new Set(names.flatMap((name) => byName.get(name) ?? []))].sort();
}

/** Their projects, or how many these are. */
export function describeChosen(ids: readonly string[]): string {
  const projects = [...new Set(ids.map((id) => id.slice(0, id.lastIndexOf(':'))))];
  return projects.length > 5 ? `${projects.length} projects` : projects.join(', ');
}
