/** `from` is built from `to`. */
export interface WaveEdge {
  readonly from: string;
  readonly to: string;
}

/**
 * Divides images into waves: an image stands in the first wave after those of all the images it is built from. The
 * order of what is given does not matter; each wave is sorted by id. Edges of images that are not given are left out.
 *
 * No image is ever lost: where images are built from each other in a circle, the one of the circle with the smallest
 * id comes first, as if it were not built from the others.
 *
 * @returns ids, wave by wave; no wave is empty.
 */
export function planWaves(
  images: readonly { readonly id: string }[],
  edges: readonly WaveEdge[],
): string[][] {
  const bases = basesById(images, edges);
  const dependants = dependantsById(bases);
  const missing = new Map([...bases].map(([id, ids]) => [id, ids.size]));
  const waves: string[][] = [];
  let wave = [...missing.keys()].filter((id) => missing.get(id) === 0);
  while (missing.size > 0) {
    if (wave.length === 0) wave = [firstOfCircle(bases, missing)];
    for (const id of wave) missing.delete(id);
    waves.push(wave);
    const next = new Set<string>();
    for (const id of wave) {
      for (const dependant of dependants.get(id) ?? []) {
        const left = missing.get(dependant);
        if (left === undefined) continue;
        missing.set(dependant, left - 1);
        if (left === 1) next.add(dependant);
      }
    }
    wave = [...next].sort();
  }
  return waves;
}

/** Keys and values sorted, each edge once. */
function basesById(
  images: readonly { readonly id: string }[],
  edges: readonly WaveEdge[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const bases = new Map<string, Set<string>>();
  for (const id of images.map((image) => image.id).sort()) bases.set(id, new Set());
  for (const { from, to } of [...edges].sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))) {
    if (from !== to && bases.has(to)) bases.get(from)?.add(to);
  }
  return bases;
}

function dependantsById(bases: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, string[]> {
  const dependants = new Map<string, string[]>();
  for (const [id, ids] of bases) {
    for (const base of ids) {
      const known = dependants.get(base);
      if (known) known.push(id);
      else dependants.set(base, [id]);
    }
  }
  return dependants;
}

/** All that are left wait for others that are left: walking from base to base ends in a circle. */
function firstOfCircle(
  bases: ReadonlyMap<string, ReadonlySet<string>>,
  missing: ReadonlyMap<string, number>,
): string {
  const way: string[] = [];
  const seen = new Set<string>();
  let at = [...missing.keys()][0] ?? '';
  while (!seen.has(at)) {
    seen.add(at);
    way.push(at);
    at = [...(bases.get(at) ?? [])].find((base) => missing.has(base)) ?? at;
  }
  return way.slice(way.indexOf(at)).sort()[0] ?? at;
}
