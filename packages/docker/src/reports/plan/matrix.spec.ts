import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { commit, temporaryRepository } from '../../../testing/temporary-repository.js';
import { temporaryWorkspace } from '../../../testing/temporary-workspace.js';
import { writeMatrix } from './matrix.js';
import { makePlan } from './plan.js';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../schemas/plan.schema.json'), 'utf8'));
const hostile = '$(touch MARK) "a`b`" ünï|😀';
const root = temporaryRepository({
  'nx.json': JSON.stringify({ plugins: ['@moltbook/docker'] }),
  'api/project.json': '{"name":"api"}',
  'api/Dockerfile': 'FROM scratch\nCOPY src /src\n',
  'api/src/a': '1',
  'hostile/project.json': JSON.stringify({ name: hostile }),
  'hostile/Dockerfile': 'FROM api\n',
  'web/project.json': '{"name":"web"}',
  'web/Dockerfile': 'FROM scratch\n',
});
commit(root, { 'api/src/a': '2' });
const planned = makePlan({ root, env: {}, base: 'HEAD~1', head: 'HEAD' });

it('writes the plan as its published schema says', async () => {
  const ajv = new Ajv({ allowUnionTypes: true });
  const out = join(temporaryWorkspace({}), 'deep/plan.json');
  writeMatrix(await planned, { out, github: false });
  const plan = JSON.parse(readFileSync(out, 'utf8'));
  ajv.validate(schema, plan);
  expect(ajv.errors ?? null).toBeNull();
  expect(plan.images.map(({ project }: { project: string }) => project)).toEqual(['api', hostile]);
  ajv.validate(schema, { ...plan, head: '-' });
  expect(ajv.errors).toHaveLength(1);
});

it('adds outputs and a summary to what a GitHub step has already written', async () => {
  const folder = temporaryWorkspace({ output: 'old=1\n', summary: '# Old\n' });
  const env = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  writeMatrix(await planned, { waves: 2, github: true }, env);
  const output = readFileSync(env.GITHUB_OUTPUT, 'utf8');
  const [, delimiter] = /^publish<<(plan-[\w-]{36})$/m.exec(output) ?? [];
  expect(output).toMatch(/^old=1\npublish<</);
  expect(output).toContain(`total<<${delimiter}\n2\n${delimiter}\n`);
  expect(output).toContain(`count_1<<${delimiter}\n0\n${delimiter}\n`);
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^# Old\n### Images to build\n/);
});

it('writes nothing of a plan that is over a limit', async () => {
  const folder = temporaryWorkspace({ output: '' });
  const env = { GITHUB_OUTPUT: join(folder, 'output') };
  const plan = { ...(await planned), waves: [[], [], []] };
  expect(() => writeMatrix(plan, { out: join(folder, 'plan.json'), waves: 2, github: true }, env)).toThrow(
    'PLAN_LIMIT',
  );
  expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe('');
  expect(existsSync(join(folder, 'plan.json'))).toBe(false);
});
