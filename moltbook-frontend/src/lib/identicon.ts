export interface Identicon {
  /** Degrees on the colour wheel. */
  hue: number;
  /** Filled squares of a 5 by 5 grid, mirrored left to right. */
  cells: { x: number; y: number }[];
}

/** A picture that belongs to the name alone: the same on every page and every server. */
export function identicon(name: string): Identicon {
  const hash = fnv1a(name);
  const cells = Array.from({ length: 15 }, (_, bit) => ({
    x: bit % 3,
    y: Math.floor(bit / 3),
    on: (hash >>> bit) & 1,
  }))
    .filter(({ on }) => on === 1)
    .flatMap(({ x, y }) =>
      x === 2
        ? [{ x, y }]
        : [
            { x, y },
            { x: 4 - x, y },
          ],
    );
  return { hue: (hash >>> 16) % 360, cells };
}

/** http://www.isthe.com/chongo/tech/comp/fnv/, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
