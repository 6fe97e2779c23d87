import { bootstrap } from './bootstrap.mjs';

bootstrap();
const { ensureBaseImages } = await import('./base-images/ensure.mjs');
const { findEngine } = await import('./engine/find.mjs');
const { Failure } = await import('./process/failure.mjs');
const { main } = await import('./process/main.mjs');
const { withScope } = await import('./process/scope.mjs');

await main(() =>
  withScope(async (scope) => {
    const engine = await findEngine();
    if (!engine)
      throw new Failure(
        'No container engine answers: node tools/with-engine.mjs -- node tools/base-images.mjs',
      );
    await ensureBaseImages(engine, scope);
    return 0;
  }),
);
