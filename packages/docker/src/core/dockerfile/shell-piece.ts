/** What is known of a variable. */
export interface VariableValue {
  /** The value; absent if the variable is not set. */
  readonly text?: string;
  /**
   * Present if the value is uncertain, because something out of sight may set it: then only this prefix of
   * the value is certain, and `text` is what holds if nothing sets it.
   */
  readonly knownPrefix?: string;
}

/** A piece of expanded text. Only `known` of it is certain; `undefined` says that all of it is. */
export interface Piece {
  readonly text: string;
  readonly known: string | undefined;
}

export function pieceOf({ text = '', knownPrefix }: VariableValue): Piece {
  return { text, known: knownPrefix };
}

export function certain(text: string): Piece {
  return { text, known: undefined };
}

export function uncertain(text: string): Piece {
  return { text, known: '' };
}

export function append(left: Piece, right: Piece): Piece {
  const known = left.known ?? (right.known === undefined ? undefined : left.text + right.known);
  return { text: left.text + right.text, known };
}
