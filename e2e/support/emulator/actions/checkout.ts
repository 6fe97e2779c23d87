import { run } from '../../run.js';
import { type Action, flag } from './run-action.js';

/** Fetches the repository by the job's token, which stays in its configuration only if that is asked for. */
export const checkout: Action = {
  inputs: [
    'clean',
    'fetch-depth',
    'fetch-tags',
    'filter',
    'persist-credentials',
    'ref',
    'show-progress',
    'token',
  ],
  run: async (runner, call) => {
    const { github, workspace: cwd, context } = runner;
    const { event } = context.run;
    const token = call.inputs.token || runner.token;
    const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    const key = `http.${github.serverUrl}/.extraheader`;
    const git = (...args: string[]) =>
      run(['git', ...args], { cwd, env: { HOME: runner.home, GIT_TERMINAL_PROMPT: '0' } });
    await git('init', '--quiet', '--initial-branch=none');
    await git('remote', 'add', 'origin', `${github.serverUrl}/${github.repository}.git`);
    await git('config', '--local', key, header);
    const depth = call.inputs['fetch-depth'] || '1';
    const ref = call.inputs.ref || event.ref;
    const isBranch = !/^refs\/(?!heads\/)/.test(ref);
    const name = ref.replace(/^refs\/(?:heads\/)?/, '');
    const local = isBranch ? `refs/remotes/origin/${name}` : `refs/remotes/${name}`;
    const source = call.inputs.ref ? (isBranch ? `refs/heads/${name}` : ref) : event.sha;
    const wanted = ref.startsWith('refs/tags/') ? `+${ref}:${ref}` : `+${source}:${local}`;
    const filter = call.inputs.filter ? [`--filter=${call.inputs.filter}`] : [];
    const fetch = (...args: string[]) =>
      git('fetch', '--quiet', '--no-recurse-submodules', ...filter, ...args);
    if (depth === '0')
      await fetch('origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
    const tags = depth === '0' || flag(call, 'fetch-tags', false) ? [] : ['--no-tags'];
    await fetch(...tags, ...(depth === '0' ? [] : [`--depth=${depth}`]), 'origin', wanted);
    if (ref.startsWith('refs/tags/')) await git('checkout', '--quiet', '--force', ref);
    else if (isBranch) await git('checkout', '--quiet', '--force', '-B', name, local);
    else await git('checkout', '--quiet', '--force', local);
    if (!flag(call, 'persist-credentials', true)) await git('config', '--local', '--unset-all', key);
    const { stdout } = await git('rev-parse', 'HEAD');
    return { ref, commit: stdout };
  },
};
