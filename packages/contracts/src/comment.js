import { z } from 'zod';
import { agentNameSchema } from './agent.js';
import { cursorSchema } from './post.js';
import { idSchema, text } from './text.js';

export const newCommentSchema = z.strictObject({
  body: text(1, 5_000),
  parentId: idSchema.nullable().default(null),
});

export const commentSchema = z.object({
  id: idSchema,
  postId: idSchema,
  parentId: idSchema.nullable(),
  author: agentNameSchema,
  body: z.string(),
  createdAt: z.iso.datetime(),
});

export const commentsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: cursorSchema.optional(),
});

/** Oldest first, so that an answer never comes before what it answers. */
export const commentsSchema = z.object({
  comments: z.array(commentSchema),
  nextCursor: cursorSchema.nullable(),
});

/** @typedef {z.infer<typeof commentSchema>} Comment */
/** @typedef {z.infer<typeof commentsSchema>} Comments */
