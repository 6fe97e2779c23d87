import { parseDockerfile } from '../dockerfile/parse-dockerfile.js';
import { evaluateDockerfile } from './evaluate-dockerfile.js';
import { hasPath, indexFiles } from './file-index.js';
import { inferBuildContext } from './infer-build-context.js';

const index = indexFiles(
  [
    'apps/api/Dockerfile',
    'apps/api/docker/Dockerfile',
    'apps/api/package.json',
    'apps/api/src/main.ts',
    'libs/shared/src/index.ts',
    'package.json',
    'package-lock.json',
  ].map((path) => ({ path })),
);

function infer(
  instructions: string[],
  { dockerfilePath = 'apps/api/Dockerfile', projectRoot = 'apps/api' } = {},
) {
  const dockerfile = parseDockerfile(['FROM node:20', ...instructions].join('\n'), { path: dockerfilePath });
  const { reads } = evaluateDockerfile(dockerfile);
  return inferBuildContext({ dockerfilePath, projectRoot, reads, exists: (path) => hasPath(path, index) });
}

test.each<[string[], string, string, boolean]>([
  [['COPY package.json src ./'], 'apps/api', 'package.json and src can be found in apps/api', true],
  [
    ['COPY package.json ./', 'COPY libs/shared libs/shared'],
    '.',
    'libs/shared can be found in the workspace root and in no folder nearer to the Dockerfile',
    true,
  ],
  [
    ['COPY package.json package-lock.json apps/api/src libs /x/'],
    '.',
    'package-lock.json, apps/api/src and libs can be found in the workspace root and in no folder nearer to the Dockerfile',
    true,
  ],
  [['COPY src dist ./'], 'apps/api', 'src can be found in apps/api', true],
  [['COPY src libs ./'], 'apps/api', 'most sources exist in apps/api (src), but libs elsewhere', false],
  [
    ['COPY dist/apps/api ./'],
    '.',
    'dist/apps/api is written from the workspace root, with apps/api in it',
    false,
  ],
  [
    ['COPY apps/api/dist ./'],
    '.',
    'apps/api/dist is written from the workspace root, with apps/api in it',
    false,
  ],
  [['COPY libs/gen/x ./'], '.', 'libs/gen/x begins with a folder of the workspace root', false],
  [['COPY src/gen ./'], 'apps/api', 'src/gen begins with a folder of apps/api', false],
  [['COPY . .'], 'apps/api', 'no source tells the build context, so it is the project root, apps/api', false],
  [
    ['COPY dist .'],
    'apps/api',
    'no source tells the build context, so it is the project root, apps/api',
    false,
  ],
  [[], 'apps/api', 'no source tells the build context, so it is the project root, apps/api', false],
  [
    ['COPY libs/*/src /x'],
    '.',
    'libs can be found in the workspace root and in no folder nearer to the Dockerfile',
    true,
  ],
  [
    ['COPY *.json ./'],
    'apps/api',
    'no source tells the build context, so it is the project root, apps/api',
    false,
  ],
  [
    ['RUN --mount=type=bind,source=libs,target=/l true'],
    '.',
    'libs can be found in the workspace root and in no folder nearer to the Dockerfile',
    true,
  ],
  [
    ['ARG X', 'COPY libs/$X/src /x'],
    '.',
    'libs can be found in the workspace root and in no folder nearer to the Dockerfile',
    true,
  ],
  [
    ['ARG X', 'COPY $X /x'],
    'apps/api',
    'no source tells the build context, so it is the project root, apps/api',
    false,
  ],
])('%j: %s, because %s', (instructions, context, reason, certain) => {
  expect(infer(instructions)).toEqual({ context, reason, certain });
});

test('a Dockerfile in a folder of its own finds the project above it', () => {
  const dockerfilePath = 'apps/api/docker/Dockerfile';
  expect(infer(['COPY src src'], { dockerfilePath }).context).toBe('apps/api');
  expect(infer(['COPY . .'], { dockerfilePath }).context).toBe('apps/api');
  expect(infer(['COPY libs libs'], { dockerfilePath }).context).toBe('.');
});

test('unreachable stages have no say', () => {
  expect(infer(['COPY libs libs', 'FROM node:20', 'COPY src src']).context).toBe('apps/api');
});

test('a project in the workspace root is built from there', () => {
  const more = { dockerfilePath: 'Dockerfile', projectRoot: '.' };
  expect(infer(['COPY package.json .'], more)).toMatchObject({ context: '.', certain: true });
  expect(infer(['COPY . .'], more)).toMatchObject({ context: '.', certain: false });
});
