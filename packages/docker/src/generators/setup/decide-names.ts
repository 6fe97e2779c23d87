import { type ChosenNames, chooseNames } from '../../core/setup/choose-names.js';
import type { Finding } from '../../core/setup/format-summary.js';
import { registryOf } from './find-remote.js';
import type { NamedImage } from './inferred-image.js';
import type { SetupFacts } from './read-setup.js';
import { invalid, type SetupRequest } from './setup-options.js';

export interface DecidedNames extends Omit<ChosenNames, 'registry'> {
  readonly registry?: string;
  readonly found: readonly Finding[];
  readonly kept: readonly string[];
}

/**
 * Decides what the images are called: what is configured wins, then what was asked for, then what existing files say; a
 * registry is also known by the git remote.
 */
export function decideNames(
  { entries, claims, remote }: SetupFacts,
  request: SetupRequest,
  images: readonly NamedImage[],
): DecidedNames {
  const asked = askedNames(request.images, images);
  const configured = entries[0].options.registry;
  const open = images.filter(({ isNamed, dockerfilePath }) => !isNamed && !asked.has(dockerfilePath));
  const chosen = chooseNames({
    claims: claims.names.filter((claim) =>
      open.some((image) => image.dockerfilePath === claim.dockerfilePath),
    ),
    images: open,
    registry: configured ?? request.registry,
  });
  const own = remote && registryOf(remote);
  const registry = configured ?? request.registry ?? chosen.registry?.value ?? own;
  const sources = sourcesOf(configured, request.registry) ??
    chosen.registry?.sources ?? [`the git remote at ${remote?.host}`];
  const free = images.filter(({ isNamed }) => !isNamed);
  const names = [
    ...chosen.names,
    ...free.flatMap(({ dockerfilePath, defaultName }) => {
      const name = asked.get(dockerfilePath);
      return name === undefined || name === defaultName
        ? []
        : [{ dockerfilePath, name, sources: ['--images'] }];
    }),
  ];
  return {
    contradictions: chosen.contradictions,
    notes: chosen.notes,
    names,
    ...(registry !== undefined && { registry }),
    found: [
      ...(registry === undefined ? [] : [{ what: 'registry', value: registry, sources }]),
      ...names.map(({ dockerfilePath, name, sources: from }) => ({
        what: 'image name',
        value: `${name} of ${dockerfilePath}`,
        sources: from,
      })),
    ],
    kept: [
      ...(configured !== undefined && request.registry !== undefined && request.registry !== configured
        ? [`the registry ${configured}; --registry=${request.registry} is not taken`]
        : []),
      ...images
        .filter(
          ({ isNamed, dockerfilePath, defaultName }) =>
            isNamed && (asked.get(dockerfilePath) ?? defaultName) !== defaultName,
        )
        .map(
          ({ dockerfilePath, defaultName }) =>
            `${dockerfilePath} is called ${defaultName}; --images is not taken for it`,
        ),
    ],
  };
}

function sourcesOf(configured: string | undefined, asked: string | undefined): string[] | undefined {
  if (configured !== undefined) return ['nx.json'];
  return asked === undefined ? undefined : ['--registry'];
}

/** By Dockerfile. A project with several has to be named by them. */
function askedNames(asked: SetupRequest['images'], images: readonly NamedImage[]): Map<string, string> {
  return new Map(
    [...asked].map(([key, name]) => {
      const fitting = images.filter(
        ({ projectName, dockerfilePath }) => projectName === key || dockerfilePath === key,
      );
      const [image] = fitting;
      if (image && fitting.length === 1) return [image.dockerfilePath, name];
      const known = images.map(({ projectName, dockerfilePath }) => `${projectName} (${dockerfilePath})`);
      throw invalid(
        image
          ? `the project ${key} has several Dockerfiles: ${fitting.map(({ dockerfilePath }) => dockerfilePath).join(', ')}`
          : `there is no image of ${JSON.stringify(key)}; there are ${known.join(', ') || 'none'}`,
        'give --images with the path of the Dockerfile or the name of its project in front of the =',
      );
    }),
  );
}
