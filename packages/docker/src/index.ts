/** The public API: pure functions and types. Nothing here reads a file, runs a process or asks a clock. */

export type { Place, Problem, ProblemCode } from './core/errors.js';
export { DockerPluginError, formatProblem, problemCodes } from './core/errors.js';
