import { evaluateBuild } from './evaluate-build.js';
import { reportFile } from './report-file.js';

const texts: Record<string, string> = {
  'api/Dockerfile': `FROM scratch AS unused
COPY docs /docs
FROM scratch
COPY api/src libs /app/
RUN --mount=type=bind,source=libs,target=/x true
COPY --from=shared . /shared
`,
  'api/Dockerfile.dockerignore': '# kept out\n**/*.md\n',
  'shared/.dockerignore': 'secret\n',
};

const image = evaluateBuild(
  { dockerfile: 'api/Dockerfile', buildContext: '.', image: 'api', namedContexts: { shared: 'shared' } },
  { projectName: 'api', projectRoot: 'api', targetName: 'docker-build' },
  (path) => texts[path],
);

const answer = (path: string) => {
  const { id, ...rest } = reportFile(image, path, [{ path }]);
  expect(id).toBe('api:docker-build');
  return rest;
};
const nothing = { role: null, reads: [], rule: null };

it('names every line that reads a file', () => {
  expect(answer('libs/a.js')).toEqual({
    ...nothing,
    answer: 'read',
    reads: [
      { place: 'api/Dockerfile:4', source: 'libs' },
      { place: 'api/Dockerfile:5', source: 'type=bind,source=libs,target=/x' },
    ],
  });
});

it.each([
  ['api/Dockerfile', 'Dockerfile'],
  ['api/Dockerfile.dockerignore', 'ignore file'],
  ['shared/.dockerignore', 'ignore file'],
])('%s is read as the %s', (path, role) => expect(answer(path)).toMatchObject({ answer: 'read', role }));

it('names the rule that keeps a file out', () => {
  expect(answer('libs/README.md')).toEqual({
    ...nothing,
    answer: 'ignored',
    rule: { place: 'api/Dockerfile.dockerignore:2', text: '**/*.md' },
  });
});

it('says of a file that only another stage reads, or nothing, that it is not read', () => {
  expect(answer('docs/x.txt')).toEqual({ ...nothing, answer: 'unread' });
  expect(answer('web/x.txt')).toEqual({ ...nothing, answer: 'unread' });
});

it('takes a file that one of two contexts would give for unread, not for ignored', () => {
  expect(answer('shared/secret')).toEqual({ ...nothing, answer: 'unread' });
});

it('says of a file beside the build context that it is outside', () => {
  const options = { dockerfile: 'api/Dockerfile', buildContext: 'api', image: 'api' };
  const task = { projectName: 'api', projectRoot: 'api', targetName: 'docker-build' };
  const narrow = evaluateBuild(options, task, () => 'FROM scratch\nCOPY . /\n');
  expect(reportFile(narrow, 'apis/x', [{ path: 'apis/x' }]).answer).toBe('outside');
  expect(reportFile(narrow, 'api/x', [{ path: 'api/x' }]).answer).toBe('read');
});
