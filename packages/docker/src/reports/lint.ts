import { DockerPluginError, type Problem } from '../core/errors.js';
import { reportImage } from '../nx/report-image.js';
import { readDiskFacts } from './disk-facts.js';
import { openImages } from './open-images.js';

/** All problems and advice of the images of some projects, or of all. */
export async function lint(projects: readonly string[]): Promise<Problem[]> {
  const open = await openImages();
  const known = new Set(open.images.map(({ image }) => image.projectName));
  const unknown = projects.find((project) => !known.has(project));
  if (unknown !== undefined)
    throw new DockerPluginError({
      code: 'NAME_UNKNOWN',
      severity: 'error',
      message: `${JSON.stringify(unknown)} is no project with an image`,
      fix: `write one of ${[...known].join(', ')}`,
    });
  const images = open.images.filter(
    ({ image }) => projects.length === 0 || projects.includes(image.projectName),
  );
  const reports = images.map((image) => reportImage(image, readDiskFacts(open, image.image)));
  const problems = [...open.problems, ...reports.flatMap((report) => report.problems)];
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
