import type { Problem } from '../../core/errors.js';
import { reportImage } from '../../nx/report-image.js';
import { diskFactsReader } from './disk-facts.js';
import { openImages } from './open-images.js';
import { selectProjects } from './select-projects.js';

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
  const images = selectProjects(open, projects);
  const readFacts = diskFactsReader(open);
  const reports = images.map((image) => reportImage(image, readFacts(image.image)));
  const problems = [...open.problems, ...reports.flatMap((report) => report.problems)];
  return {
    problems: [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()],
    images: images.length,
  };
}
