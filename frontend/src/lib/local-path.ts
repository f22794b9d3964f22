/** `path` when it leads to a page of this UI, else "/": a login link must not send people elsewhere. */
export function localPath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])/.test(path)) return '/'
  return new URL(path, 'http://local').origin === 'http://local' ? path : '/'
}
