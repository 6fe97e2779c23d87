import { parse } from 'yaml';
import { addImages } from '../../src/core/manifest/add-images.js';
import { findImages } from '../../src/core/manifest/find-images.js';
import { setImages } from '../../src/core/manifest/set-images.js';
import { manifestLaws } from '../manifest-laws.js';

type Entry = Readonly<Record<string, string>>;

interface K8sImagesCase {
  readonly name: string;
  readonly kind: 'manifest' | 'helm-values' | 'kustomization' | 'kustomization-semantic';
  readonly manifest: string;
  readonly expected: string;
  /** References by repository. */
  readonly images: Readonly<Record<string, string>>;
  /** Whose choice the expected text follows, where there is one. */
  readonly policy?: string;
  /** An entry of a kustomization, of which `images` may lack parts. */
  readonly kustomizeImage?: Entry;
  /** Arguments of `kustomize edit set image` and the entries it leaves. */
  readonly args: readonly string[];
  readonly expectedImages: readonly Entry[];
}

/** Sets images in one text, compares the bytes or the entries of a kustomization, and checks the laws of edits. */
export function check(testCase: K8sImagesCase): string | undefined {
  if (testCase.kind === 'kustomization-semantic')
    return checkEntries(testCase) ?? manifestLaws(testCase.manifest, 'kustomization.yaml').difference;
  const { name, manifest, images } = testCase;
  const file = testCase.kind === 'kustomization' ? 'kustomization.yaml' : name;
  const changes = Object.entries({ ...images, ...kustomizeChange(testCase) }).map(
    ([repository, reference]) => [repository, fullDigests(reference)] as const,
  );
  const { text, problems } = setImages(manifest, new Map(changes), { file });
  const expected = ours[name] ? replaceLines(manifest, ours[name]) : testCase.expected;
  const messages = problems.map(({ message }) => message).join('; ');
  return (
    compareLines(fullDigests(text), fullDigests(expected), messages) ??
    manifestLaws(manifest, file).difference
  );
}

/**
 * Where another tool's policy is not ours: the lines of the manifest that we change, counted from 1. We go by the key
 * `image` and not by lists of kinds and paths, never edit labels, replace digests, find repositories by their whole name
 * and know neither `ko://` nor suffixes of tags.
 */
const ours: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'kustomize/updateimagesuffix': {},
  'skaffold/TestReplaceImages': {
    8: '  - image: gcr.io/k8s-skaffold/example:TAG',
    10: '  - image: gcr.io/k8s-skaffold/example:TAG',
    12: '  - image: gcr.io/k8s-skaffold/example:TAG',
    14: '  - image: skaffold/other:OTHER_TAG',
    16: '  - image: gcr.io/k8s-skaffold/example:TAG',
  },
  'skaffold/TestReplaceImagesOnConfigConnectorAllDeniedResources': {
    12: '  image: gcr.io/k8s-skaffold/image-name:TAG',
  },
  'skaffold/TestReplaceImagesOnConfigConnectorResources': {},
  'skaffold/TestReplaceImagesOnConfigConnectorResourcesUsingNonDefaultField': {},
  'skaffold/TestReplaceImagesOnConfigConnectorResourcesUsingWildcardAndNonDefaultField': {},
  'skaffold/TestReplaceImagesOnPredefinedAllowedResources': {},
  'skaffold/TestReplaceImagesOnPredefinedAllowedResourcesUsingNonDefaultField': {},
  'skaffold/TestReplaceRemoteManifestImages': { 16: '  - image: skaffold/other:OTHER_TAG' },
};

/** Some cases give a digest only in the form of a kustomization's entry. */
function kustomizeChange({ kustomizeImage }: K8sImagesCase): Entry {
  if (!kustomizeImage) return {};
  const { name = '', newName = name, newTag = '', digest = kustomizeImage.Digest ?? '' } = kustomizeImage;
  return { [name]: `${newName}${newTag && `:${newTag}`}${digest && `@${digest}`}` };
}

/** The digests of kustomize's own tests are too short to be any, and we refuse such a reference. */
function fullDigests(text: string): string {
  return text.replace(/@(?:sha256:)?([\da-fxyz]{3,18})\b/g, (_, digits: string) => {
    const hex = digits.replace(/[xyz]/g, '0');
    return `@sha256:${hex.padEnd(64, '0')}`;
  });
}

function replaceLines(text: string, lines: Readonly<Record<number, string>>): string {
  return text
    .split('\n')
    .map((line, index) => lines[index + 1] ?? line)
    .join('\n');
}

function compareLines(text: string, expected: string, problems: string): string | undefined {
  if (text === expected) return undefined;
  const found = text.split('\n');
  const wanted = expected.split('\n');
  const line = Math.max(
    0,
    wanted.findIndex((each, index) => each !== found[index]),
  );
  return `line ${line + 1}: ${JSON.stringify(found[line])}, expected ${JSON.stringify(wanted[line])} ${problems}`;
}

/** What `kustomize edit set image` is told, said with our functions. */
function checkEntries({ manifest, args, expectedImages }: K8sImagesCase): string | undefined {
  const file = 'kustomization.yaml';
  let text = manifest;
  for (const argument of args) {
    const { name, reference } = readArgument(argument, text);
    const present = findImages(text, { file }).fields.find(({ scalars }) => scalars.name?.value === name);
    text = present
      ? setImages(text, new Map([[present.repository, reference]]), { file }).text
      : addImages(text, new Map([[name, reference]]), { file }).text;
  }
  const entries: Entry[] = (parse(text) as { images?: Entry[] } | null)?.images ?? [];
  const sorted = entries.map(sortKeys).sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  const found = JSON.stringify(sorted);
  const wanted = JSON.stringify(expectedImages.map(sortKeys));
  return found === wanted ? undefined : `${found}, expected ${wanted}`;
}

/** `name=newName:tag`, where `*` is what is there already. */
function readArgument(argument: string, text: string): { name: string; reference: string } {
  const [left = '', right = left] = argument.split('=', 2);
  const name = (argument.includes('=') ? left : left.replace(/[:@].*$/, '')) ?? '';
  const fields = findImages(text, { file: 'kustomization.yaml' }).fields;
  const { newName, tag, digest } = fields.find(({ scalars }) => scalars.name?.value === name)?.scalars ?? {};
  const reference = right
    .replace(/^\*/, newName?.value ?? name)
    .replace(/:\*$/, tag ? `:${tag.value}` : '')
    .replace(/@\*$/, digest ? `@${digest.value}` : '');
  return { name, reference };
}

function sortKeys(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}
