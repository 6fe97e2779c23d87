import type { ChosenNames } from './choose-names.js';
import type { ChosenSetting } from './choose-settings.js';
import type { JsonValue } from './edit-json.js';

/** The plugin option `images`, by Dockerfile, of what was chosen. */
export function imageOptions(
  settings: readonly ChosenSetting[],
  names: ChosenNames['names'],
): Record<string, Record<string, JsonValue>> {
  const images: Record<string, Record<string, JsonValue>> = {};
  const of = (path: string) => (images[path] ??= {});
  for (const { dockerfilePath, name } of names) of(dockerfilePath).imageName = name;
  for (const { dockerfilePath, setting, value } of settings) {
    const [kind = '', ...name] = setting.split('.');
    const image = of(dockerfilePath);
    if (name.length === 0) image[kind] = value;
    else image[kind] = { ...(image[kind] as Record<string, JsonValue>), [name.join('.')]: value };
  }
  return Object.fromEntries(Object.entries(images).sort(([one], [other]) => (one < other ? -1 : 1)));
}
