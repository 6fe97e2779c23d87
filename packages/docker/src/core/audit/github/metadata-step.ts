import { known, unknownPart } from '../known-parts.js';
import type { MetadataStep } from '../workflow-build.js';
import type { YamlValue } from '../yaml/yaml-value.js';
import { expandIn, type GithubScope } from './github-scope.js';
import { lines, placeIn } from './step-builds.js';

/** What a step with docker/metadata-action is given; `undefined` for any other step. */
export function readMetadataStep(
  step: YamlValue,
  scope: GithubScope,
): Omit<MetadataStep, 'job' | 'workflow'> | undefined {
  if (!/^docker\/metadata-action@/.test(step.get('uses').text ?? '')) return undefined;
  const given = step.get('with');
  return {
    id: step.get('id').text ?? '',
    images: lines(expandIn(scope, given.get('images').text ?? '')).flatMap(imageNames),
    tags: placedLines(given.get('tags'), scope),
    flavor: textLines(given.get('flavor'), scope),
    labels: textLines(given.get('labels'), scope),
    annotations: textLines(given.get('annotations'), scope),
    place: step.get('uses').place,
  };
}

/** The tags that it makes, as far as they are known: one for each of its images. */
export function metadataOutputs({ id, images }: Pick<MetadataStep, 'id' | 'images'>): Record<string, string> {
  return { [`steps.${id}.outputs.tags`]: images.map((image) => `${image}:${unknownPart}`).join('\n') };
}

function imageNames(line: string): string[] {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.includes('enable=false')) return [];
  return fields
    .filter((field) => field !== '' && !/^enable=/.test(field))
    .map((field) => field.replace(/^name=/, ''));
}

function textLines(value: YamlValue, scope: GithubScope): string[] {
  return placedLines(value, scope).map(({ text }) => text);
}

/** The lines of an input; expressions stay where their value depends on the event. */
function placedLines(tags: YamlValue, scope: GithubScope): MetadataStep['tags'] {
  const filled = (tags.text ?? '').replace(
    /\$\{\{.*?\}\}/gs,
    (whole) => known(expandIn(scope, whole)) ?? whole,
  );
  return filled.split('\n').flatMap((text, index) => {
    const isEmpty = text.trim() === '' || text.trim().startsWith('#');
    return isEmpty ? [] : [{ text: text.trim(), place: placeIn(tags, index + 1) }];
  });
}
