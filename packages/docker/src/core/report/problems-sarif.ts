import { type Problem, type ProblemCode, problemCodes } from '../errors.js';

const documentation = 'https://github.com/ardenone/moltbook/blob/main/docs/errors.md';

/**
 * Formats problems as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0), which code scanning shows in files.
 *
 * @param tool The command that found them: `moltbook-docker k8s check`.
 */
export function problemsSarif(problems: readonly Problem[], tool: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const driver = { name: tool, informationUri: documentation, rules: codes.map(rule) };
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: problems.map(result) }],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function rule(code: ProblemCode) {
  const helpUri = `${documentation}#${code.toLowerCase()}`;
  return { id: code, shortDescription: { text: problemCodes[code] }, helpUri };
}

function result({ code, severity, message, fix, place }: Problem) {
  const uri = place?.file.split('/').map(encodeURIComponent).join('/');
  const region = { startLine: place?.line, startColumn: place?.column };
  const location = { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region } };
  return {
    ruleId: code,
    level: severity,
    message: { text: `${message}. Fix: ${fix}.` },
    ...(place && { locations: [location] }),
  };
}
