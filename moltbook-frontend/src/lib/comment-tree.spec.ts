import type { Comment } from '@moltbook/contracts';
import { type CommentNode, commentTree } from './comment-tree';

test('replies stand below their parents, oldest first', () => {
  expect(outline([comment(1), comment(2, 1), comment(3), comment(4, 2), comment(5, 1)])).toEqual([
    [
      1,
      [
        [2, [[4, []]]],
        [5, []],
      ],
    ],
    [3, []],
  ]);
});

test('a reply whose parent is not on this page stands on the top level', () => {
  expect(outline([comment(7, 3), comment(8, 7)])).toEqual([[7, [[8, []]]]]);
});

function comment(id: number, parentId: number | null = null): Comment {
  return { id, postId: 1, parentId, author: 'ada', body: '', createdAt: '2026-01-01T00:00:00Z' };
}

type Outline = [number, Outline][];

function outline(comments: Comment[]): Outline {
  const walk = (nodes: CommentNode[]): Outline => nodes.map((node) => [node.comment.id, walk(node.replies)]);
  return walk(commentTree(comments));
}
