import { DockerPluginError, type Problem } from '../../core/errors.js';
import { reportImage } from '../../nx/report-image.js';
import { diskFactsReader } from './disk-facts.js';
import { openImages } from './open-images.js';
import { unknownProject } from './unknown-project.js';

export interface LintResult {
  /** Those of the plugin options first, then image by image; each once. */
  readonly problems: readonly Problem[];
  /** How many images were looked at. */
  readonly images: number;
}

/**
 * Finds all problems and advice of the images of some projects, or of all.
 *
 * @throws DockerPluginError NAME_UNKNOWN for a project without an image.
 */
export async function lint(projects: readonly string[]): Promise<LintResult> {
  const open = await openImages();
  const known = new Set(open.images.map(({ image }) => image.projectName));
  const unknown = projects.filter((project) => !known.has(project));
  if (unknown.length > 0)
    throw new DockerPluginError(unknown.map((project) => unknownProject(project, [...known])));
  const images = open.images.filter(
    ({ image }) => projects.length === 0 || projects.includes(image.projectName),
  );
  const readFacts = diskFactsReader(open);
  const reports = images.map((image) => reportImage(image, readFacts(image.image)));
  const problems = [...open.problems, ...reports.flatMap((report) => report.problems)];
  return {
    problems: [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()],
    images: images.length,
  };
}
