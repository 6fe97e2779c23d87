import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRelease } from '../debian/os-release.mjs';
import { unpackPackages } from '../debian/packages.mjs';
import { Failure } from '../process/failure.mjs';
import { findProgram } from '../process/programs.mjs';

/**
 * The path of Chromium: one on PATH, or else Debian's, unpacked.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const found = findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  if (found) return found;
  if ((await readRelease())?.id !== 'debian') {
    throw new Failure('The tests need Chromium or Chrome on PATH: install chromium or google-chrome.');
  }
  const sets = [{ packages: ['chromium', 'fonts-dejavu-core'] }];
  return writeLauncher(await unpackPackages('chromium', { sets, programs: ['chromium'] }));
}

/**
 * The package expects its libraries and fonts in the system's folders; this gives it the unpacked ones.
 * @param {import('../debian/packages.mjs').Unpacked} unpacked
 */
async function writeLauncher({ root, env }) {
  const fonts = join(root, 'fonts.conf');
  await writeFile(
    fonts,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${root}/usr/share/fonts</dir>
  <cachedir>${root}/var/cache/fontconfig</cachedir>
</fontconfig>
`,
  );
  // Of all it loads, only PulseAudio's library needs another one from a folder of its own.
  const libraries = `${env.LD_LIBRARY_PATH}:${env.LD_LIBRARY_PATH?.replaceAll(/(:|$)/g, '/pulseaudio$1')}`;
  const launcher = join(root, 'chromium-launcher');
  await writeFile(
    launcher,
    `#!/bin/sh
export LD_LIBRARY_PATH='${libraries}' FONTCONFIG_FILE='${fonts}'
exec '${root}/usr/lib/chromium/chromium' "$@"
`,
    { mode: 0o755 },
  );
  return launcher;
}
