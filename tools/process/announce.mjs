/**
 * Says on stderr what a tool is about to do or has found; stdout belongs to the command being run.
 * @param {string} text
 */
export function announce(text) {
  process.stderr.write(`[moltbook] ${text}\n`);
}
