import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../nx-versions.js';
import { actionInputs } from './action-inputs.js';
import { hostRequire } from './host-require.js';

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface LanguageService {
  readonly TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
  validate(document: unknown, configuration: object): Promise<Diagnostic[]>;
}

/** What the language service of GitHub's own editor has against a workflow, one sentence each. */
export async function languageService(text: string): Promise<string[]> {
  const { TextDocument, validate } = load();
  // It remembers what it has read by name.
  const name = createHash('sha256').update(text).digest('hex');
  const document = TextDocument.create(`file:///.github/workflows/${name}.yml`, 'yaml', 0, text);
  const findings = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } });
  return findings.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

async function fetchActionMetadata({ owner, name }: { owner: string; name: string }) {
  const inputs = actionInputs[`${owner}/${name}`];
  if (!inputs) return undefined;
  const described = inputs.map((input) => [
    input.replace('!', ''),
    { description: '', required: input.endsWith('!') },
  ]);
  return { name, description: '', inputs: Object.fromEntries(described) };
}

/** Its packages import JSON in a way that Node 20 does not know, so that they are made into one script first. */
function load(): LanguageService {
  const { version } = hostRequire<{ version: string }>(
    join(repositoryRoot, 'node_modules/@actions/languageservice/package.json'),
  );
  const outfile = join(repositoryRoot, `.cache/e2e/languageservice-${version}.cjs`);
  if (!existsSync(outfile)) bundle(outfile);
  return hostRequire<LanguageService>(outfile);
}

function bundle(outfile: string): void {
  mkdirSync(dirname(outfile), { recursive: true });
  hostRequire<typeof import('esbuild')>('esbuild').buildSync({
    stdin: {
      contents: `export { validate } from '@actions/languageservice/validate';
export { TextDocument } from 'vscode-languageserver-textdocument';`,
      resolveDir: repositoryRoot,
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
}
