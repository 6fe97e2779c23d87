import { DockerPluginError, type Problem } from '../core/errors.js';
import { nearNames } from '../core/report/near-names.js';
import { reportImage } from '../nx/report-image.js';
import { diskFactsReader } from './disk-facts.js';
import { openImages } from './open-images.js';

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

function unknownProject(project: string, known: readonly string[]): Problem {
  const near = nearNames(project, known);
  return {
    code: 'NAME_UNKNOWN',
    severity: 'error',
    message: `${JSON.stringify(project)} is no project with an image`,
    fix: near.length > 0 ? `write ${near.join(' or ')}` : 'run npx nx show projects to see the names',
  };
}
