export * from './agent.js';
export * from './api-error.js';
export * from './comment.js';
export * from './post.js';
export { idParamSchema, idSchema } from './text.js';

/** Every route but `/health` and `/ready` is below this path. */
export const apiPrefix = '/api/v1';
