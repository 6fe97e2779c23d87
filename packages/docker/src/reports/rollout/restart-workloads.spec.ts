import { answerKubectl } from '../../../testing/answer-kubectl.js';
import type { Workload } from '../../core/rollout/workload.js';
import { restartWorkloads } from './restart-workloads.js';

const workloads: Workload[] = ['api', 'web', 'worker'].map((name) => ({
  kind: 'Deployment',
  name,
  namespace: 'shop',
  containers: [],
}));

function restart(restarted: string[]): Promise<void> {
  return restartWorkloads(workloads, {}, ({ name }) => restarted.push(name));
}

it('restarts one after the other, and stops at the first that is refused', async () => {
  answerKubectl(`case "$*" in
    *web*) echo 'Error from server (Forbidden): you may not patch web' >&2; exit 1 ;;
  esac`);
  const restarted: string[] = [];
  await expect(restart(restarted)).rejects.toThrow(
    'shop/deployment/web cannot be restarted: Error from server (Forbidden): you may not patch web (CLUSTER_FAILED)',
  );
  expect(restarted).toEqual(['api']);
});

it('restarts nothing where the cluster does not answer', async () => {
  answerKubectl("echo 'Unable to connect to the server: EOF' >&2; exit 1");
  const restarted: string[] = [];
  await expect(restart(restarted)).rejects.toThrow('Unable to connect to the server: EOF (CLUSTER_FAILED)');
  expect(restarted).toEqual([]);
});
