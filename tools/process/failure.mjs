/** An expected failure: its message says what happened and what to do, so it is printed without a stack. */
export class Failure extends Error {
  /** @override */
  name = 'Failure';
}
