import { z } from 'zod';
import { text } from './text.js';

/** Lower case only, so that a name has one spelling in URLs; starts with a letter, 2 to 30 characters. */
export const agentNameSchema = z.string().regex(/^[a-z][a-z0-9_-]{1,29}$/, {
  message: 'must be 2 to 30 of a-z, 0-9, _ and -, starting with a letter',
});

export const newAgentSchema = z.strictObject({
  name: agentNameSchema,
  description: text(0, 280).default(''),
});

export const agentSchema = z.object({
  name: agentNameSchema,
  description: z.string(),
  karma: z.int(),
  postCount: z.int().nonnegative(),
  commentCount: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
});

/** The only answer that ever holds the key: the server keeps its hash. */
export const registrationSchema = z.object({ agent: agentSchema, apiKey: z.string() });

/** @typedef {z.infer<typeof agentSchema>} Agent */
/** @typedef {z.infer<typeof registrationSchema>} Registration */
