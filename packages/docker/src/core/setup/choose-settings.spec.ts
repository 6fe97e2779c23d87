import { chooseSettings, type InferredImage } from './choose-settings.js';
import type { Setting, SettingClaim } from './claim.js';

const dockerfilePath = 'api/Dockerfile';
const image: InferredImage = {
  dockerfilePath,
  buildContext: 'api',
  lastStage: 'prod',
  buildArgs: { PORT: '80' },
  namedContexts: {},
  declaredArgs: ['PORT', 'MODE'],
  configured: [],
};

function claim(setting: Setting, value: string | string[], source = 'a.yml:1'): SettingClaim {
  return { dockerfilePath, setting, value, isPublished: true, source };
}

it.each<[string, SettingClaim, unknown[]]>([
  ['another context', claim('buildContext', '.'), ['.']],
  ['the inferred context', claim('buildContext', 'api'), []],
  ['another stage', claim('targetStage', 'test'), ['test']],
  ['the last stage by its name', claim('targetStage', 'prod'), []],
  ['no stage', claim('targetStage', ''), []],
  ['platforms', claim('platforms', ['linux/amd64']), [['linux/amd64']]],
  ['a build argument', claim('buildArgs.MODE', 'x'), ['x']],
  ['an empty build argument', claim('buildArgs.MODE', ''), ['']],
  ['a build argument as it is', claim('buildArgs.PORT', '80'), []],
  ['a build argument that the Dockerfile does not have', claim('buildArgs.OTHER', 'x'), []],
  ['a named context', claim('namedContexts.base', 'docker-image://node'), ['docker-image://node']],
  ['another image', { ...claim('buildContext', '.'), dockerfilePath: 'x/Dockerfile' }, []],
])('takes of %s what the plugin would not do', (_, said, expected) => {
  expect(chooseSettings([said], [image]).chosen.map(({ value }) => value)).toEqual(expected);
});

it('names all that agree', () => {
  const { chosen } = chooseSettings(
    [claim('buildContext', '.'), claim('buildContext', '.', 'b.yml:2')],
    [image],
  );
  expect(chosen).toEqual([
    { dockerfilePath, setting: 'buildContext', value: '.', sources: ['a.yml:1', 'b.yml:2'] },
  ]);
});

it('takes nothing of what contradicts', () => {
  const claims = [
    claim('targetStage', 'test'),
    claim('targetStage', '', 'b.yml:2'),
    claim('targetStage', 'test', 'c.yml:3'),
  ];
  expect(chooseSettings(claims, [image])).toEqual({
    chosen: [],
    contradictions: [
      'the target stage of api/Dockerfile is "test" in a.yml:1 and c.yml:3, and the last one in b.yml:2',
    ],
    kept: [],
    notes: [],
  });
});

describe('what only a developer builds', () => {
  const local = { ...claim('targetStage', 'dev', 'compose.yml'), isPublished: false };
  const built = { ...image, targetStage: 'dev' };

  it('counts where nothing else does', () => {
    expect(chooseSettings([local], [image]).chosen.map(({ value }) => value)).toEqual(['dev']);
    expect(chooseSettings([local], [built]).chosen).toEqual([]);
  });

  it('gives way to what is published, by its name', () => {
    expect(chooseSettings([local, claim('targetStage', '')], [built])).toEqual({
      chosen: [{ dockerfilePath, setting: 'targetStage', value: 'prod', sources: ['a.yml:1'] }],
      contradictions: [],
      kept: [],
      notes: [
        'compose.yml has "dev" as the target stage of api/Dockerfile; what is published has the last one',
      ],
    });
  });

  it('is a contradiction where the last stage has no name', () => {
    const { lastStage: _, ...unnamed } = built;
    const { chosen, contradictions } = chooseSettings([local, claim('targetStage', '')], [unnamed]);
    expect([chosen, contradictions]).toEqual([
      [],
      [
        'a.yml:1 builds the last stage of api/Dockerfile, which has no name, and the plugin dev: name it with AS',
      ],
    ]);
  });

  it('is a contradiction where it gives an argument that is not given elsewhere', () => {
    const mode = { ...claim('buildArgs.MODE', 'dev', 'compose.yml'), isPublished: false };
    expect(chooseSettings([mode, claim('buildContext', 'api')], [image]).contradictions).toEqual([
      'the build argument MODE of api/Dockerfile is "dev" in compose.yml, and not given in a.yml:1',
    ]);
  });
});

it('keeps what is configured', () => {
  const configured = { ...image, targetStage: 'test', configured: ['targetStage'] };
  expect(chooseSettings([claim('targetStage', 'test')], [configured]).kept).toEqual([]);
  expect(chooseSettings([claim('targetStage', 'prod')], [configured])).toEqual({
    chosen: [],
    contradictions: [],
    kept: ['the target stage of api/Dockerfile is configured; a.yml:1 says the last one'],
    notes: [],
  });
});
