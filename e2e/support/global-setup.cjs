const { mkdirSync, renameSync } = require('node:fs');
const { join } = require('node:path');
const { execaSync } = require('execa');

/** Builds the plugin and packs it as it would be published, once before all end-to-end tests. */
module.exports = function globalSetup() {
  // Nx gives the same answers in a third of the time; package.e2e.spec.ts takes the usual way.
  process.env.NX_ISOLATE_PLUGINS ??= 'false';
  const root = join(__dirname, '../..');
  const cache = join(root, '.cache/e2e');
  mkdirSync(cache, { recursive: true });
  execaSync('npx', ['nx', 'build', 'docker'], { cwd: root, env: { NX_DAEMON: 'false' } });
  const packed = execaSync('npm', ['pack', '--json', '--pack-destination', cache], {
    cwd: join(root, 'packages/docker'),
  });
  const [{ filename }] = Object.values(JSON.parse(packed.stdout));
  renameSync(join(cache, filename), join(cache, 'moltbook-docker.tgz'));
};
