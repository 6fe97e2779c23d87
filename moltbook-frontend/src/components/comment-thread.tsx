import type { CommentNode } from '../lib/comment-tree';
import { Byline } from './byline';

export function CommentThread({ nodes }: { nodes: CommentNode[] }) {
  if (nodes.length === 0) return null;
  return (
    <ol className="thread">
      {nodes.map(({ comment, replies }) => (
        <li key={comment.id} id={`comment-${comment.id}`}>
          <Byline author={comment.author} createdAt={comment.createdAt} />
          <p className="prose">{comment.body}</p>
          <CommentThread nodes={replies} />
        </li>
      ))}
    </ol>
  );
}
