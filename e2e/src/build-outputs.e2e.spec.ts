import { imageFile, removeImages } from '../support/engine.js';
import { nxMajors } from '../support/nx-versions.js';
import { nx } from '../support/run.js';
import { commitAll, createWorkspace, writeFiles } from '../support/workspace.js';

const command =
  "node -e \"fs.mkdirSync('lib/dist', { recursive: true }); fs.copyFileSync('lib/source', 'lib/dist/made')\"";
const files = {
  'lib/project.json': JSON.stringify({
    name: 'lib',
    targets: {
      bundle: { command, inputs: ['{projectRoot}/source'], outputs: ['{projectRoot}/dist'], cache: true },
    },
  }),
  'lib/source': 'one',
  'lib/README.md': '# Lib',
  'app/project.json': '{"name":"app"}',
  'app/Dockerfile': 'FROM scratch\nCOPY lib/dist /lib/\nCOPY app/own /own\n',
  'app/own': 'own',
};

afterAll(() => removeImages('outputs.test/*'));

describe.each(nxMajors)('with Nx %i', (major) => {
  let root = '';
  beforeAll(async () => {
    root = await createWorkspace({ major, files, plugin: { registry: 'outputs.test' } });
  });

  it('makes what the Dockerfile copies and git does not have, then builds', async () => {
    await nx(root, ['docker-build', 'app']);
    expect(await imageFile('outputs.test/app:local', '/lib/made')).toBe('one');
    writeFiles(root, { 'lib/source': 'two' });
    await commitAll(root, 'Change what the output is made of');
    await nx(root, ['affected', '-t', 'docker-build', '--base=HEAD~1', '--head=HEAD']);
    expect(await imageFile('outputs.test/app:local', '/lib/made')).toBe('two');
  });

  it.each(['lib/source', 'app/own'])('%s selects the image', async (file) => {
    expect(await affectedBy(file)).toContain('app');
  });

  if (major >= 24)
    it('a file that the output is not made of does not select the image', async () => {
      expect(await affectedBy('lib/README.md')).not.toContain('app');
    });

  async function affectedBy(file: string): Promise<string[]> {
    const { stdout } = await nx(root, [
      ...['show', 'projects', '--affected', `--files=${file}`],
      ...['--with-target', 'docker-build', '--json'],
    ]);
    return JSON.parse(stdout) as string[];
  }
});
