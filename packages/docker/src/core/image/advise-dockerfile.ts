import type { Dockerfile } from '../dockerfile/dockerfile.js';
import { byPlace } from '../dockerfile/source-problem.js';
import type { Place, Problem } from '../errors.js';
import type { ContextRead, Evaluation, RemoteSource } from './evaluation.js';

/** Finds what works, but is rarely meant: warnings with the code ADVICE, in source order. */
export function adviseDockerfile(dockerfile: Dockerfile, evaluation: Evaluation): Problem[] {
  const { reads, git, http } = evaluation;
  const advice = [
    ...reads.flatMap(adviseUnset),
    ...reads.flatMap(adviseDoubleStar),
    ...http.flatMap((source) => adviseUnpinned(source, 'add --checksum=sha256:<digest of the file>')),
    ...git.flatMap((source) => adviseUnpinned(source, 'name a commit behind # in the URL')),
  ];
  return advice.sort(byPlace).map(({ place, message, fix }) => ({
    code: 'ADVICE',
    severity: 'warning',
    message,
    fix,
    place,
    sourceLine: dockerfile.lines[place.line - 1] ?? '',
  }));
}

interface Advice {
  readonly place: Place;
  readonly message: string;
  readonly fix: string;
}

/** Nothing stands in the place of an unset variable, and an empty path is the root of the context. */
function adviseUnset({ path, unset = [], widened, place }: ContextRead): Advice[] {
  const [name] = unset;
  if (path !== '.' || name === undefined || widened !== undefined) return [];
  const message = `$${name} is not set here, so this reads the whole build context`;
  return [{ place, message, fix: `write ARG ${name}=<default> in this stage before this line` }];
}

/** In COPY and ADD, `**` is `*`: it stays within one folder. */
function adviseDoubleStar({ kind, path, match, place }: ContextRead): Advice[] {
  if (match !== 'glob' || !path.includes('**')) return [];
  const single = path.replace(/\*{2,}/g, '*');
  const message = `** in ${path} matches in one folder only, as ${single} would`;
  const fix = `write ${kind} ${single}, or COPY --parents for every depth (# syntax=docker/dockerfile:1.20)`;
  return [{ place, message, fix }];
}

function adviseUnpinned({ url, pinned, place }: RemoteSource, fix: string): Advice[] {
  return pinned ? [] : [{ place, message: `the content of ${url} can change without notice`, fix }];
}
