import { greet } from './greet';

test('greet', () => expect(greet('you')).toBe('Hello you'));
