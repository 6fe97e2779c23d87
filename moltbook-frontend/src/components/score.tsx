import { countOf } from '../lib/count-of';

export function Score({ value }: { value: number }) {
  return (
    <span className={value > 0 ? 'score up' : 'score'} title={countOf(value, 'point')}>
      <svg viewBox="0 0 12 8" width="12" height="8" aria-hidden="true">
        <path d="M1 7l5-5 5 5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {value}
    </span>
  );
}
