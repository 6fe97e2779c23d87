import { signingShape } from './signing-shape.js';

it.each([
  [{ keyless: true as const }, true, []],
  [{ key: 'env://COSIGN_PRIVATE_KEY' }, false, ['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD']],
  [{ key: 'env://$(touch MARK)' }, false, []],
  [{ key: 'cosign.key' }, false, ['COSIGN_PASSWORD']],
  [{ key: 'awskms:///alias/images' }, false, []],
])('%j needs keyless: %s and the secrets %j', (sign, keyless, secrets) => {
  expect(signingShape(sign)).toEqual({ keyless, secrets });
});
