import { compileDockerignore } from '../core/dockerfile/compile-dockerignore.js';
import { type ContextFolder, relativePath } from '../core/image/context-folder.js';
import { type FileFact, indexFiles } from '../core/image/file-index.js';
import { fileAndLine } from '../core/report/file-and-line.js';
import type { FileInImage } from '../core/report/image-report.js';
import type { Image } from './image.js';
import { imageFiles } from './image-inputs.js';
import { imageId } from './workspace-images.js';

/**
 * Says what an image has to do with one file.
 *
 * @param disk The file itself and the links that lead to it; more does no harm.
 */
export function reportFile(image: Image, path: string, disk: readonly FileFact[]): FileInImage {
  const nothing = { id: imageId(image), role: null, reads: [], rule: null };
  const file = imageFiles(image, indexFiles(disk)).files.find((each) => each.path === path);
  if (file) {
    const reads = file.uses.flatMap((use) => use.reads);
    return {
      ...nothing,
      answer: 'read',
      role: file.role ?? null,
      reads: reads.map(({ place, text }) => ({ place: fileAndLine(place), source: text })),
    };
  }
  const contexts = [image.mainContext, ...Object.values(image.namedFolders)].filter(
    ({ folder }) => folder === '.' || path.startsWith(`${folder}/`),
  );
  if (contexts.length === 0) return { ...nothing, answer: 'outside' };
  const rules = contexts.map((context) => ignoreRule(context, path));
  const [rule = null] = rules;
  return rules.includes(undefined)
    ? { ...nothing, answer: 'unread' }
    : { ...nothing, answer: 'ignored', rule };
}

/** The rule that keeps a file of a context out of the build. */
function ignoreRule({ folder, ignoreFile }: ContextFolder, path: string): FileInImage['rule'] | undefined {
  const ignore = compileDockerignore(ignoreFile?.text ?? '');
  const inside = relativePath(folder, path);
  const rule = ignore(inside) ? ignore.ruleFor(inside) : undefined;
  if (!rule || !ignoreFile) return undefined;
  return { place: fileAndLine({ file: ignoreFile.path, line: rule.line }), text: rule.text.trim() };
}
