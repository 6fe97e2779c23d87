const marker = 'moltbook-docker:';

/**
 * True for a text that is worth parsing, which is slow: it holds the last part of a repository as a word, or a comment
 * with a name that stands for one. `apiVersion` does not hold `api`.
 */
export function mayNameImage(
  text: string,
  repositories: Iterable<string>,
  names: ReadonlyMap<string, string> = new Map(),
): boolean {
  const words = [...repositories].map((repository) => repository.slice(repository.lastIndexOf('/') + 1));
  const called = text.includes(marker) ? [...names.keys()] : [];
  return [...words, ...called].some((word) => holdsWord(text, word));
}

/** True for a text that holds the path of a repository, `acme/api`: one that cannot be parsed should say so. */
export function holdsPath(text: string, repositories: Iterable<string>): boolean {
  return [...repositories].some((repository) =>
    holdsWord(text, repository.replace(/^[^/]*\/(?:library\/)?/, '')),
  );
}

function holdsWord(text: string, word: string): boolean {
  for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
    const around = text.charAt(index - 1) + text.charAt(index + word.length);
    if (!/[\w-]/.test(around)) return true;
  }
  return false;
}
