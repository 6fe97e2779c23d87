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
  // There are no pictures to optimize, so the image can do without the optimizer's native library.
  images: { unoptimized: true },
  poweredByHeader: false,
  headers: async () => [{ source: '/:path*', headers }],
};

export default config;
