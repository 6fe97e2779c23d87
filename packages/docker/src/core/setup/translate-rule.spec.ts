import { translateTagRule } from './translate-rule.js';

const isMain = 'type=raw,value=latest,enable={{is_default_branch}}';
it.each([
  ['type=ref,event=branch', 'type=ref,event=branch'],
  ["type=raw,value=latest,enable=${{ github.ref == 'refs/heads/main' }}", isMain],
  ["type=raw,value=latest,enable=${{ github.ref_name == 'main' }}", isMain],
  [
    "type=raw,value=latest,enable=${{ github.ref == format('refs/heads/{0}', github.event.repository.default_branch) }}",
    isMain,
  ],
  [
    "type=raw,value=x,enable=${{ startsWith(github.ref, 'refs/tags/') }}",
    'type=raw,value=x,enable={{#if tag}}true{{else}}false{{/if}}',
  ],
  ['type=raw,value=${{ github.sha }}', 'type=sha,prefix=,format=long'],
  ['v-${{ github.sha }}', 'type=sha,prefix=v-,format=long'],
  ["type=raw,value=latest,enable=${{ github.ref == 'refs/heads/other' }}", undefined],
  ['type=raw,value=${{ github.run_number }}', undefined],
  ['type=raw,value=${{ secrets.TOKEN }}', undefined],
  ['type=nothing', undefined],
])('%s becomes %s', (line, expected) => {
  expect(translateTagRule(line, 'main')).toBe(expected);
});
