/**
 * The first three bytes of a /24 network that no route of this machine touches.
 * @param {string} routes text of /proc/net/route
 * @param {string} seed spreads the choices of daemons that start at the same moment
 * @returns {string} such as `172.28.17`
 */
export function freeSubnet(routes, seed) {
  const used = parseRoutes(routes);
  const start = [...seed].reduce(
    (sum, character) => (sum * 31 + character.charCodeAt(0)) % candidateCount,
    0,
  );
  for (let step = 0; step < candidateCount; step++) {
    const index = (start + step) % candidateCount;
    const address = ((172 << 24) | ((28 + (index >> 8)) << 16) | ((index & 255) << 8)) >>> 0;
    if (
      !used.some(
        ({ network, mask }) => (address & mask) >>> 0 === network || (network & 0xffffff00) >>> 0 === address,
      )
    ) {
      return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255].join('.');
    }
  }
  throw new Error('Every network from 172.28.0.0 to 172.31.255.0 is in use');
}

// 172.28.0.0 to 172.31.255.0: the end of the private range whose beginning Docker uses by default.
const candidateCount = 4 * 256;

/**
 * @param {string} routes
 * @returns {Array<{ network: number, mask: number }>} without the default route
 */
function parseRoutes(routes) {
  return routes
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, destination = '', , , , , , mask = '']) => ({
      network: readAddress(destination),
      mask: readAddress(mask),
    }))
    .filter(({ mask }) => mask !== 0);
}

/** @param {string} hex the four bytes, last one first */
function readAddress(hex) {
  return Number.parseInt((hex.match(/../g) ?? []).reverse().join(''), 16) || 0;
}
