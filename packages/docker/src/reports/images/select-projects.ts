import { DockerPluginError } from '../../core/errors.js';
import type { WorkspaceImage } from '../../nx/workspace-images.js';
import type { OpenImages } from './open-images.js';
import { unknownProject } from './unknown-project.js';

/**
 * The images of some projects, or all where none is named.
 *
 * @throws DockerPluginError NAME_UNKNOWN for a project without an image.
 */
export function selectProjects(
  { images }: OpenImages,
  projects: readonly string[],
): readonly WorkspaceImage[] {
  const known = new Set(images.map(({ image }) => image.projectName));
  const unknown = projects.filter((project) => !known.has(project));
  if (unknown.length > 0)
    throw new DockerPluginError(unknown.map((project) => unknownProject(project, [...known])));
  return images.filter(({ image }) => projects.length === 0 || projects.includes(image.projectName));
}
