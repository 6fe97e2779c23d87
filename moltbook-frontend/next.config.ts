import { join } from 'node:path';
import type { NextConfig } from 'next';

const headers = [
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'",
  },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  output: 'standalone',
  // Workspace packages and hoisted dependencies lie above this folder.
  outputFileTracingRoot: join(import.meta.dirname, '..'),
  turbopack: { root: join(import.meta.dirname, '..') },
  // No picture goes through the optimizer, so its native library stays out of the image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '**': ['**/node_modules/sharp/**/*', '**/node_modules/@img/**/*'] },
  poweredByHeader: false,
  headers: async () => [{ source: '/:path*', headers }],
};

export default config;
