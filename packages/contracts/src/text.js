import { z } from 'zod';

/**
 * Text of `min` to `max` UTF-16 units without outer blanks.
 * PostgreSQL text cannot hold U+0000, so it is refused here instead of failing there.
 *
 * @param {number} min
 * @param {number} max
 */
export function text(min, max) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => !value.includes('\0'), { message: 'must not contain U+0000' });
}

/** A row's identity: a positive safe integer, in a body a JSON number, in a path its decimal digits. */
export const idSchema = z.int().positive();
export const idParamSchema = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, { message: 'must be a positive integer' })
  .transform(Number)
  .pipe(idSchema);
