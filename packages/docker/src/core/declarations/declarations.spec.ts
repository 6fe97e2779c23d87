import { bakeDeclarations } from './bake-declarations.js';
import { chooseDeclaration } from './choose-declaration.js';
import { composeDeclarations } from './compose-declarations.js';
import { resolvePath } from './declaration.js';

const hcl = `
# What every image shares.
variable "TAG" { default = "dev" }
variable "ROOT" {
  default = "."
}
group "default" { targets = ["api", "web"] }
target "_common" {
  context = ROOT
  args = {
    NODE = "20"
    "TAG" = "\${TAG}"
    REVISION = substr(GIT, 0, 7)
  }
  platforms = ["linux/amd64", "linux/arm64"]
}
target "api" {
  inherits = ["_common"]
  dockerfile = "api/Dockerfile"
  target = TAG == "dev" ? "debug" : "prod"
  args = { MODE = "x" }
  contexts = { base = "target:base" }
}
target "web" {
  context = "./web"
  target = "prod"
  tags = ["a:\${TAG}", <<EOT
multi
line
EOT
  ]
}
target "remote" { context = "https://github.com/x/y.git" }
target "broken" { dockerfile = 
target "after" { context = "after" }
`;

const api = {
  source: 'target "api" in docker-bake.hcl',
  kind: 'bake',
  dockerfilePath: 'api/Dockerfile',
  buildContext: '.',
  buildArgs: { NODE: '20', TAG: 'dev', MODE: 'x' },
  platforms: ['linux/amd64', 'linux/arm64'],
  namedContexts: { base: 'target:base' },
};

describe('bakeDeclarations', () => {
  it('reads HCL with variables, inheritance and what it cannot know', () => {
    const declarations = bakeDeclarations(hcl, 'docker-bake.hcl');
    expect(declarations).toContainEqual(api);
    expect(declarations).toContainEqual(
      expect.objectContaining({ dockerfilePath: 'web/Dockerfile', buildContext: 'web', targetStage: 'prod' }),
    );
    expect(declarations.map(({ source }) => source)).not.toContain('target "remote" in docker-bake.hcl');
  });

  it('reads JSON', () => {
    const text = JSON.stringify({
      variable: { MODE: { default: 'prod' } },
      target: { api: { context: '..', dockerfile: 'api/Dockerfile', target: '${MODE}' } },
    });
    expect(bakeDeclarations(text, 'build/docker-bake.json')).toMatchObject([
      { dockerfilePath: 'api/Dockerfile', buildContext: '.', targetStage: 'prod' },
    ]);
  });

  it.each(['context = join("/", ["a", "b"])', 'dockerfile = lower(NAME)'])(
    'says nothing about a target with %s',
    (line) => {
      expect(bakeDeclarations(`target "a" {\n  ${line}\n}`, 'docker-bake.hcl')).toEqual([]);
    },
  );

  it.each(['', '{', '"', 'target', 'target "a" {', 'a = [', '${', 'target "a" { x = { y = [ }', '<<X\n'])(
    'gives an answer for %j',
    (text) => {
      expect(Array.isArray(bakeDeclarations(text, 'docker-bake.hcl'))).toBe(true);
      expect(bakeDeclarations(text, 'docker-bake.json')).toEqual([]);
    },
  );
});

describe('composeDeclarations', () => {
  it('reads the short and the long form', () => {
    const document = {
      services: {
        db: { image: 'postgres' },
        api: { build: './api' },
        web: {
          build: {
            context: '..',
            dockerfile: 'web/Dockerfile',
            target: '${STAGE:-prod}',
            args: ['A=1', 'B', 'C=$X'],
          },
        },
        worker: { build: { dockerfile: 'worker.Dockerfile', args: { A: 1 } } },
        inline: { build: { context: '.', dockerfile_inline: 'FROM scratch' } },
      },
    };
    expect(composeDeclarations(document, 'dev/compose.yaml')).toMatchObject([
      { dockerfilePath: 'dev/api/Dockerfile', buildContext: 'dev/api' },
      {
        dockerfilePath: 'web/Dockerfile',
        buildContext: '.',
        targetStage: 'prod',
        buildArgs: { A: '1', C: '' },
      },
      { dockerfilePath: 'dev/worker.Dockerfile', buildContext: 'dev', buildArgs: { A: '1' } },
    ]);
  });

  it.each<[object, object[]]>([
    [{ context: '${CTX}' }, []],
    [{ context: '$CTX/api' }, []],
    [{ context: '${CTX?say where}' }, []],
    [{ dockerfile: '${FILE}' }, []],
    [{ context: '${CTX:-api}' }, [{ buildContext: 'api' }]],
    [{ context: '${CTX-api}' }, [{ buildContext: 'api' }]],
    [{ context: 'a$$b' }, [{ buildContext: 'a$b' }]],
  ])('reads a build of %j', (build, expected) => {
    const declarations = composeDeclarations({ services: { a: { build } } } as never, 'compose.yaml');
    expect(declarations).toMatchObject(expected);
    expect(declarations).toHaveLength(expected.length);
  });

  it.each([null, 'text', [], { services: [] }, { services: { a: null } }])(
    'finds nothing in %j',
    (document) => {
      expect(composeDeclarations(document, 'compose.yaml')).toEqual([]);
    },
  );
});

describe('chooseDeclaration', () => {
  const bake = { source: 'b', kind: 'bake', dockerfilePath: 'a/Dockerfile', buildContext: '.' } as const;
  const compose = {
    source: 'c',
    kind: 'compose',
    dockerfilePath: 'a/Dockerfile',
    buildContext: 'a',
  } as const;

  it('prefers bake', () => {
    expect(chooseDeclaration([compose, bake], 'a/Dockerfile')).toEqual({
      sources: ['b'],
      buildContext: '.',
      differing: [],
    });
  });

  it('leaves open what declarations do not agree on', () => {
    const other = { ...compose, source: 'd', targetStage: 'dev' };
    expect(chooseDeclaration([compose, other], 'a/Dockerfile')).toEqual({
      sources: ['c', 'd'],
      buildContext: 'a',
      differing: ['targetStage'],
    });
  });

  it('knows nothing of other Dockerfiles', () => {
    expect(chooseDeclaration([bake], 'b/Dockerfile')).toBeUndefined();
  });
});

describe('resolvePath', () => {
  it.each([
    ['', '.', '.'],
    ['a/b', '../c', 'a/c'],
    ['a', '..', '.'],
    ['a', './b/', 'a/b'],
    ['', '../x', undefined],
    ['a', '/x', undefined],
    ['a', 'https://x/y', undefined],
  ])('%j + %j is %j', (folder, path, joined) => expect(resolvePath(folder, path)).toBe(joined));
});

describe('imageRefs', () => {
  it.each([
    ['["ghcr.io/acme/api:${TAG}", "acme/api"]', ['ghcr.io/acme/api:dev', 'acme/api']],
    ['["${lower(NAME)}/api:1"]', undefined],
    ['[]', undefined],
  ])('of bake with tags = %s', (tags, expected) => {
    const text = `variable "TAG" { default = "dev" }\ntarget "api" { tags = ${tags} }`;
    expect(bakeDeclarations(text, 'docker-bake.hcl')[0]?.imageRefs).toEqual(expected);
  });

  it.each([
    ['ghcr.io/acme/api:1', ['ghcr.io/acme/api:1']],
    ['acme/api:${TAG:-dev}', ['acme/api:dev']],
    ['acme/api:${TAG}', ['acme/api']],
    ['localhost:5000/api', ['localhost:5000/api']],
    ['${REGISTRY}/api:1', undefined],
    ['${REGISTRY:-ghcr.io/acme}/api', ['ghcr.io/acme/api']],
    [undefined, undefined],
  ])('of compose with image: %s', (image, expected) => {
    const services = { api: { build: 'api', ...(image !== undefined && { image }) } };
    expect(composeDeclarations({ services }, 'compose.yml')[0]?.imageRefs).toEqual(expected);
  });
});
