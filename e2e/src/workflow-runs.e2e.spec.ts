import { createNames, registryState } from '../support/emulator/registry-state.js';
import { type RunReport, runWorkflow } from '../support/emulator/run-workflow.js';
import { openShop, type Shop, shopImages } from '../support/emulator/shop.js';

let shop: Shop;
const names = createNames();

beforeAll(async () => {
  shop = await openShop('acme');
});
afterAll(() => shop.github.close());

/** What the registry and the manifests of main hold, with short names. */
async function state(): Promise<string[]> {
  const registry = process.env.MOLTBOOK_REGISTRY ?? '';
  const images = await registryState(
    registry,
    shopImages.map((name) => `acme/${name}`),
  );
  const manifests = await Promise.all(
    ['alone', 'app'].map(async (name) => {
      const text = await shop.developer.read(`k8s/${name}.yml`);
      return `k8s/${name}: ${/image: \S+?\/acme\/(\S+)/.exec(text)?.[1]}`;
    }),
  );
  return [...images, ...manifests].map(names.shorten);
}

function show(report: RunReport): string {
  return `${report.result}: ${report.summary}\n${report.log}`;
}

it('publishes everything with the first push', async () => {
  const event = await shop.developer.push(shop.files);
  names.addCommit(event.sha);
  const report = await runWorkflow(shop.github, event);
  console.log(show(report));
  console.log((await state()).join('\n'));
});
