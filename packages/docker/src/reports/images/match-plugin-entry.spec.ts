import { matchPluginEntry, type PluginEntry } from './match-plugin-entry.js';

const paths = [
  'Dockerfile',
  'api/Dockerfile',
  'api/Dockerfile.md',
  'web/Dockerfile',
  '.tools/web.Dockerfile',
];

it.each<[PluginEntry, string[]]>([
  [{}, ['Dockerfile', 'api/Dockerfile', 'web/Dockerfile', '.tools/web.Dockerfile']],
  [{ include: [], exclude: [] }, ['Dockerfile', 'api/Dockerfile', 'web/Dockerfile', '.tools/web.Dockerfile']],
  [{ include: ['api/**', 'web/*'] }, ['api/Dockerfile', 'web/Dockerfile']],
  [{ exclude: ['**/*.Dockerfile', 'Dockerfile'] }, ['api/Dockerfile', 'web/Dockerfile']],
  [{ include: ['*/**'], exclude: ['web/**'] }, ['api/Dockerfile', '.tools/web.Dockerfile']],
  [{ include: ['!web/**'] }, ['Dockerfile', 'api/Dockerfile', '.tools/web.Dockerfile']],
  [{ exclude: ['**', '!api/**'] }, ['api/Dockerfile']],
])('with %j the plugin is given %j', (entry, given) =>
  expect(paths.filter(matchPluginEntry(entry))).toEqual(given),
);
