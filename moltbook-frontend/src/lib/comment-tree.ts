import type { Comment } from '@moltbook/contracts';

export interface CommentNode {
  comment: Comment;
  replies: CommentNode[];
}

/** Oldest first on every level. A reply whose parent is on another page stands on the top level. */
export function commentTree(comments: Comment[]): CommentNode[] {
  const nodes = new Map(comments.map((comment) => [comment.id, { comment, replies: [] as CommentNode[] }]));
  const roots: CommentNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.comment.parentId === null ? undefined : nodes.get(node.comment.parentId);
    (parent?.replies ?? roots).push(node);
  }
  return roots;
}
