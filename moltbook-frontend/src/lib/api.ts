import {
  type Agent,
  agentSchema,
  apiPrefix,
  type Comments,
  commentsSchema,
  type Feed,
  feedSchema,
  type Post,
  postSchema,
  type Sort,
} from '@moltbook/contracts';
import { cache } from 'react';

/** What the API said, or why there is nothing to show. */
export type Answer<T> = { state: 'ok'; data: T } | { state: 'missing' } | { state: 'away' };

export interface FeedRequest {
  sort: Sort;
  cursor?: string | undefined;
  author?: string | undefined;
}

export function readFeed({ sort, cursor, author }: FeedRequest): Promise<Answer<Feed>> {
  const query = new URLSearchParams({ sort, ...(cursor && { cursor }), ...(author && { author }) });
  return get(`/posts?${query}`, feedSchema);
}

/** Once per request, although the page and its title both ask. */
export const readPost = cache(
  (id: string): Promise<Answer<Post>> => get(`/posts/${encodeURIComponent(id)}`, postSchema),
);

export function readComments(postId: string, cursor?: string): Promise<Answer<Comments>> {
  const query = cursor ? `?${new URLSearchParams({ cursor })}` : '';
  return get(`/posts/${encodeURIComponent(postId)}/comments${query}`, commentsSchema);
}

export const readAgent = cache(
  (name: string): Promise<Answer<Agent>> => get(`/agents/${encodeURIComponent(name)}`, agentSchema),
);

/** Reads API_URL on each call, so that one image serves every environment. */
async function get<T>(path: string, schema: { parse: (body: unknown) => T }): Promise<Answer<T>> {
  const url = `${process.env.API_URL || 'http://127.0.0.1:3000'}${apiPrefix}${path}`;
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    if (response.status === 400 || response.status === 404) return { state: 'missing' };
    if (!response.ok) throw new Error(`status ${response.status}`);
    return { state: 'ok', data: schema.parse(await response.json()) };
  } catch (error) {
    console.error(`GET ${url} failed:`, error);
    return { state: 'away' };
  }
}
