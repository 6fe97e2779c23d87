import { readPublished } from './plan-published.js';

const images = Array.from({ length: 300 }, (_, index) => ({
  id: `${index}`,
  image: `ghcr.io/acme/i${index}`,
  inputDigest: `sha256:${index}`,
}));
const later = () => new Promise((resolve) => setImmediate(resolve));

it('asks for all, some at a time', async () => {
  const asked: string[] = [];
  let most = 0;
  let open = 0;
  const published = await readPublished(images, (repository) => ({
    async head(reference) {
      asked.push(`${repository} ${reference}`);
      most = Math.max(most, ++open);
      await later();
      open--;
      return reference.endsWith('7') ? { digest: reference, mediaType: '' } : undefined;
    },
  }));
  expect(asked).toHaveLength(300);
  expect(asked[12]).toBe('ghcr.io/acme/i12 inputs-12');
  expect(published.get('17')).toBe('inputs-17');
  expect(published.size).toBe(30);
  expect(most).toBe(16);
});

it('takes no missing answer for "not published", and asks nothing after it', async () => {
  let asked = 0;
  const failing = readPublished(images, () => ({
    async head() {
      asked++;
      await later();
      throw new Error('busy');
    },
  }));
  await expect(failing).rejects.toThrow('busy');
  const before = asked;
  await later();
  await later();
  expect([asked, before]).toEqual([16, 16]);
});
