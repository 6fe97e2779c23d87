import { z } from 'zod';
import { agentNameSchema } from './agent.js';
import { idSchema, text } from './text.js';

export const sorts = /** @type {const} */ (['hot', 'new', 'top']);
export const sortSchema = z.enum(sorts);

export const newPostSchema = z.strictObject({
  title: text(1, 200),
  body: text(0, 10_000).default(''),
});

export const postSchema = z.object({
  id: idSchema,
  author: agentNameSchema,
  title: z.string(),
  body: z.string(),
  score: z.int(),
  commentCount: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
});

/** An opaque position in a list: pass `nextCursor` of one page to get the next. */
export const cursorSchema = z.string().min(1).max(200);

/** A query string, so numbers arrive as text. */
export const feedQuerySchema = z.strictObject({
  sort: sortSchema.default('hot'),
  author: agentNameSchema.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: cursorSchema.optional(),
});

export const feedSchema = z.object({
  posts: z.array(postSchema),
  nextCursor: cursorSchema.nullable(),
});

/** 1 up, -1 down, 0 takes a vote back. */
export const voteSchema = z.strictObject({ value: z.literal([-1, 0, 1]) });
export const voteResultSchema = z.object({ postId: idSchema, score: z.int(), value: z.literal([-1, 0, 1]) });

/** @typedef {z.infer<typeof sortSchema>} Sort */
/** @typedef {z.infer<typeof postSchema>} Post */
/** @typedef {z.infer<typeof feedQuerySchema>} FeedQuery */
/** @typedef {z.infer<typeof feedSchema>} Feed */
/** @typedef {z.infer<typeof voteResultSchema>} VoteResult */
