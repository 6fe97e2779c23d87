import { normalisePlatform } from '../../core/image/normalise-platform.js';
import type { SourcedBuild } from './with-source.js';

/** What is known of one platform of an image. */
interface Part {
  /** Empty where it is not known. */
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** True if an image has all platforms and all labels that a build would give it. */
export function fitsBuild(parts: readonly Part[], { request, requiredLabels }: SourcedBuild): boolean {
  const { platforms = [] } = request;
  const wanted = platforms.length > 0 ? platforms : [ownPlatform()];
  return wanted
    .map(normalisePlatform)
    .every((platform) =>
      parts.some(
        (part) =>
          (part.platform === platform || part.platform === '') &&
          Object.entries(requiredLabels).every(([name, value]) => part.labels[name] === value),
      ),
    );
}

/** What an engine builds for where nothing is asked; one on a machine of another kind builds anew each time. */
function ownPlatform(): string {
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  return process.env.DOCKER_DEFAULT_PLATFORM || `linux/${processor}`;
}
