import type { AuditFinding } from '../audit-finding.js';
import { markCommit, showParts, unknownPart } from '../known-parts.js';
import { type KnownCommand, runScript } from '../shell/run-script.js';
import type { AuditedScript, AuditedWorkflow } from '../workflow-build.js';
import { pushedTags, runsFor, tagEvents } from './pushed-tags.js';

/** Finds commands that write a tag into a kustomization under which the same workflow pushes nothing. */
export function findBumpMistakes(workflow: AuditedWorkflow): AuditFinding[] {
  const pushed = tagsOf(workflow);
  return workflow.scripts.flatMap((script) =>
    runScript(script.text, { env: marked(script.env), folder: '.' }).flatMap((command) => {
      const bump = findBump(command);
      if (!bump) return [];
      const place = placeOf(script, command.line);
      return [...unpushed(bump.tag, { pushed, place }), ...(bump.isForAll ? [forAll(place)] : [])];
    }),
  );
}

interface Bump {
  readonly tag: string;
  /** True if it writes all tags of a file. */
  readonly isForAll: boolean;
}

function findBump({ words }: KnownCommand): Bump | undefined {
  const text = words.join(' ');
  if (words[0] === 'sed') {
    const [, tag] = /newTag:.*newTag:\s*\\?["']?([^"'/|#,&]+)/s.exec(text) ?? [];
    const isForAll = words.some((word) => /^s(.)\s*\^?\(?\s*newTag:\s*\)?["']?(?:\.|\[\^|\\S)/.test(word));
    return tag === undefined ? undefined : { tag: tag.trim(), isForAll };
  }
  if (words[0] === 'yq') {
    const [, tag] = /newTag\s*=\s*"([^"]+)"/.exec(text) ?? [];
    return tag === undefined ? undefined : { tag, isForAll: /images\[\]\.newTag/.test(text) };
  }
  if (!/^kustomize edit set image /.test(text)) return undefined;
  const tag = /:([^/:@]+)$/.exec(words.at(-1) ?? '')?.[1];
  return tag === undefined ? undefined : { tag, isForAll: false };
}

/** The tags that a push to main gives. */
function tagsOf({ metadata, builds }: AuditedWorkflow): string[] {
  const event = tagEvents[0];
  const made = metadata.flatMap((step) => (event && runsFor(step, event) ? pushedTags(step, event) : []));
  const byMetadata = new Set(metadata.flatMap(({ images }) => images));
  const written = builds
    .flatMap(({ references }) => references)
    .map((reference) => /^(.*?):([^/:]+)$/s.exec(reference))
    .filter((match) => match !== null && !(byMetadata.has(match[1] ?? '') && match[2] === unknownPart))
    .map((match) => match?.[2] ?? '');
  return [...new Set([...made, ...written])];
}

function unpushed(
  tag: string,
  given: { pushed: readonly string[]; place: AuditFinding['place'] },
): AuditFinding[] {
  const { pushed, place } = given;
  const isUnknown = [tag, ...pushed].some((each) => each.includes(unknownPart));
  if (isUnknown || pushed.length === 0 || pushed.includes(tag)) return [];
  return [
    {
      rule: 'bump-unpushed',
      severity: 'error',
      place,
      message: `it writes the tag ${showParts(tag)}, and the images are pushed as ${pushed.map(showParts).join(', ')}`,
      fix: 'write the tag that the build pushed, or let docker:set-references write what was published',
    },
  ];
}

function forAll(place: AuditFinding['place']): AuditFinding {
  return {
    rule: 'bump-all',
    severity: 'warning',
    place,
    message: 'it writes one tag over those of all images in the file, also of those that were not built',
    fix: 'change the tag of one image by its name',
  };
}

function placeOf({ place, text }: AuditedScript, line: number): AuditFinding['place'] {
  return line === 1 || !text.includes('\n') ? place : { ...place, line: place.line + line - 1, column: 1 };
}

function marked(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, markCommit(value)]));
}
