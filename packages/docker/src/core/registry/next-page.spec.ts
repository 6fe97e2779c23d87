import { nextPage } from './next-page.js';

const current = 'http://localhost:5000/v2/api/tags/list?n=2';

it.each([
  ['</v2/api/tags/list?last=b&n=2>; rel="next"', 'http://localhost:5000/v2/api/tags/list?last=b&n=2'],
  ['<?last=b>;rel=next', 'http://localhost:5000/v2/api/tags/list?last=b'],
  ['<http://localhost:5000/x>; title="a"; rel="next"', 'http://localhost:5000/x'],
  ['<https://elsewhere.example/x>; rel="next"', undefined],
  ['</v2/api/tags/list?n=2>; rel="next"', undefined],
  ['</x>; rel="prev"', undefined],
  ['<http://[>; rel="next"', undefined],
  ['', undefined],
])('after %s comes %s', (link, next) => expect(nextPage(link, current)).toBe(next));
