import { suggestName } from '../dockerfile/suggest-name.js';

const most = 5;

/** The names that were probably meant: those that are spelled alike, then those that contain the name. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const near: string[] = [];
  let others = [...new Set(names)];
  for (let next = suggestName(name, others); next !== undefined; next = suggestName(name, others)) {
    near.push(next);
    others = others.filter((other) => other !== next);
  }
  const lower = name.toLowerCase();
  const longer = lower.length < 2 ? [] : others.filter((other) => other.toLowerCase().includes(lower));
  return [...near, ...longer].slice(0, most);
}
