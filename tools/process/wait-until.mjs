/**
 * Asks `probe` every 100 ms until it answers true (an error counts as no), the signal aborts or the time
 * is over.
 * @param {() => Promise<boolean> | boolean} probe
 * @param {{ seconds: number, signal?: AbortSignal }} limits
 * @returns {Promise<boolean>} false when the time is over
 */
export async function waitUntil(probe, { seconds, signal }) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    signal?.throwIfAborted();
    if (await holds(probe)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** @param {() => Promise<boolean> | boolean} probe */
async function holds(probe) {
  try {
    return await probe();
  } catch {
    return false;
  }
}
