import { auditRules } from './audit-finding.js';
import type { AuditReport, FindingReport } from './audit-report.js';

const documentation = 'https://github.com/ardenone/moltbook/blob/main/docs/audit.md';

/** Formats an audit as SARIF 2.1.0, which code scanning takes. https://docs.oasis-open.org/sarif/sarif/v2.1.0 */
export function formatSarif({ findings }: AuditReport, version: string): string {
  const ids = Object.keys(auditRules);
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'moltbook-docker audit',
            version,
            informationUri: documentation,
            rules: Object.entries(auditRules).map(([id, text]) => ({
              id,
              shortDescription: { text },
              helpUri: `${documentation}#${id}`,
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function result(finding: FindingReport, ruleIndex: number) {
  const { rule, severity, file, line, column, message, fix, image } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: `${message}. Fix: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: {
            uri: file.split('/').map(encodeURIComponent).join('/'),
            uriBaseId: '%SRCROOT%',
          },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    // What stays the same when lines move.
    partialFingerprints: { 'finding/v1': [rule, file, image ?? '', ruleSubject(finding)].join(' ') },
  };
}

function ruleSubject({ message, rule }: FindingReport): string {
  return rule.endsWith('-missed') ? '' : message;
}
