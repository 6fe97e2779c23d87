import { formatCommand } from '../build/command.js';
import { formatSelector } from './format-selector.js';
import { restartCommand, waitCommand } from './kubectl-commands.js';
import { parseDuration } from './parse-duration.js';

const api = { kind: 'Deployment' as const, name: 'api', containers: [] };

it.each([
  [restartCommand(api, {}), 'kubectl rollout restart deployment.apps/api'],
  [
    restartCommand({ ...api, namespace: 'shop' }, { namespace: 'other' }),
    'kubectl rollout restart deployment.apps/api --namespace=shop',
  ],
  [
    restartCommand(api, { context: '--kubeconfig=x', namespace: 'a b$(touch MARK)' }),
    "kubectl rollout restart deployment.apps/api --context=--kubeconfig=x '--namespace=a b$(touch MARK)'",
  ],
  [
    waitCommand({ ...api, kind: 'StatefulSet' }, {}, 300),
    'kubectl rollout status statefulset.apps/api --timeout=300s',
  ],
])('%j is %s', (command, text) => expect(formatCommand(command)).toBe(text));

it.each([
  [{ matchLabels: { app: 'api', tier: 'web' } }, 'app=api,tier=web'],
  [
    {
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['x', 'y'] },
        { key: 'b', operator: 'NotIn', values: ['z'] },
      ],
    },
    'a in (x,y),b notin (z)',
  ],
  [
    {
      matchLabels: { app: 'api' },
      matchExpressions: [
        { key: 'a', operator: 'Exists' },
        { key: 'b', operator: 'DoesNotExist' },
      ],
    },
    'app=api,a,!b',
  ],
  [{}, ''],
])('%j is selected by %j', (selector, text) => expect(formatSelector(selector)).toBe(text));

it.each([
  ['0', 0],
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1500],
  ['250ms', 250],
  ['5', undefined],
  ['', undefined],
  ['-5m', undefined],
  ['5m ', undefined],
])('%j takes %s ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));
