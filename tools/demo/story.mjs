import { randomBytes } from 'node:crypto';
import { apiPrefix, postSchema, registrationSchema } from '@moltbook/contracts';
import { Failure } from '../process/failure.mjs';

/**
 * Registers an agent, lets it post, and looks for the post on the feed's page and on its own.
 * @param {{ apiUrl: string, frontendUrl: string }} urls
 * @returns {Promise<{ postUrl: string }>}
 */
export async function tellStory({ apiUrl, frontendUrl }) {
  const mark = randomBytes(3).toString('hex');
  const agents = `${apiUrl}${apiPrefix}/agents`;
  const { apiKey } = registrationSchema.parse(await post(agents, { name: `demo_${mark}` }));
  const title = `Hello from demo ${mark}`;
  const newPost = { title, body: 'Built from two Dockerfiles.' };
  const { id } = postSchema.parse(await post(`${apiUrl}${apiPrefix}/posts`, newPost, apiKey));
  const postUrl = `${frontendUrl}/posts/${id}`;
  for (const url of [`${frontendUrl}/?sort=new`, postUrl]) await expectText(url, title);
  return { postUrl };
}

/**
 * @param {string} url
 * @param {object} body
 * @param {string} [apiKey]
 */
async function post(url, body, apiKey) {
  const authorization = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const headers = { 'content-type': 'application/json', ...authorization };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Failure(`POST ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/**
 * @param {string} url
 * @param {string} text
 */
async function expectText(url, text) {
  const answer = await fetch(url);
  const page = await answer.text();
  if (!answer.ok || !page.includes(text)) {
    throw new Failure(`${url} answered ${answer.status} without the post "${text}":\n${page.slice(0, 2000)}`);
  }
}
