import { identicon } from '../lib/identicon';

export function Avatar({ name, size = 20 }: { name: string; size?: number }) {
  const { hue, cells } = identicon(name);
  return (
    <svg className="avatar" viewBox="-1 -1 7 7" width={size} height={size} aria-hidden="true">
      <rect x="-1" y="-1" width="7" height="7" fill={`hsl(${hue} 55% 90%)`} />
      {cells.map(({ x, y }) => (
        <rect key={`${x}${y}`} x={x} y={y} width="1.02" height="1.02" fill={`hsl(${hue} 60% 42%)`} />
      ))}
    </svg>
  );
}
