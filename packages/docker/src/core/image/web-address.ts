/** `git@host:path.git` and `https://user:secret@host/path.git` as an address to show; empty for a local path. */
export function webAddress(remote: string): string {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/]+)\/(.+)$/.exec(remote) ??
    /^(?:[^/@]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(remote) ??
    [];
  if (host === undefined || path === undefined) return '';
  const port = remote.startsWith('http') ? '' : /:\d+$/;
  return `https://${host.replace(port, '')}/${path.replace(/^\/+|\/+$|\.git\/?$/g, '')}`;
}
