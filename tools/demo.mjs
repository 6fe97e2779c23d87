import { bootstrap } from './bootstrap.mjs';

bootstrap();
const { ensureBaseImages } = await import('./base-images/ensure.mjs');
const { startApplications } = await import('./demo/applications.mjs');
const { buildImages } = await import('./demo/build-images.mjs');
const { tellStory } = await import('./demo/story.mjs');
const { openEngine } = await import('./engine/engine.mjs');
const { Failure } = await import('./process/failure.mjs');
const { main } = await import('./process/main.mjs');
const { Interruption, withScope } = await import('./process/scope.mjs');
const { recordSteps } = await import('./process/steps.mjs');

const options = process.argv.slice(2);
let isRunning = false;

await main(async () => {
  const unknown = options.find((option) => option !== '--once');
  if (unknown) throw new Failure(`Unknown option ${unknown}. Usage: npm run demo [-- --once]`);
  try {
    await withScope(demo);
  } catch (error) {
    // Ctrl-C is how a demo that runs is meant to end.
    if (!(isRunning && error instanceof Interruption)) throw error;
  }
  return 0;
});

/** @param {import('./process/scope.mjs').Scope} scope */
async function demo(scope) {
  const steps = recordSteps();
  const engine = await steps.run('A container engine', () => openEngine(scope));
  await steps.run('The base images', () => ensureBaseImages(engine, scope));
  const images = await steps.run('Both images: nx affected -t docker-build', () =>
    buildImages(engine, scope.signal),
  );
  const urls = await steps.run('PostgreSQL, api and frontend', () =>
    startApplications({ engine, scope }, images),
  );
  const { postUrl } = await steps.run('A post: written through the API, shown by the frontend', () =>
    tellStory(urls),
  );

  console.log(`
${steps.summary()}

  Moltbook runs from ${images.api}
                 and ${images.frontend}

    the feed   ${urls.frontendUrl}
    the post   ${postUrl}
    the API    ${urls.apiUrl}/api/v1/posts
`);
  if (options.includes('--once')) return;
  console.log('  Ctrl-C stops everything.\n');
  isRunning = true;
  await new Promise((resolve) => scope.signal.addEventListener('abort', resolve));
}
