/** What Exchange's free/busy, mailbox moves and Autodiscover need; other paths are opened per application. */
export const defaultAllowedPaths: readonly string[] = ['/EWS/*', '/Autodiscover/*'];

/**
 * The path that every server would understand by `path`, decoded and in lower case, or undefined where servers differ:
 * encoded slashes, backslashes, dots as segments (also encoded or with `;` parameters), doubly encoded characters,
 * IIS's `%u` form, bytes that are not UTF-8, control characters. The result is for comparing only; what is forwarded
 * is what came.
 */
export function comparablePath(path: string): string | undefined {
  if (!path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return undefined;
  if (plainPath.test(path) && !path.includes('/.')) return path.toLowerCase();
  if (/%(?![0-9a-f]{2})|%(?:2f|5c|25|[01][0-9a-f]|7f)/i.test(path)) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  for (const segment of decoded.split('/')) {
    const name = segment.split(';', 1)[0] ?? '';
    if (name === '.' || name === '..' || /^\.+$/.test(name.trimEnd())) return undefined;
  }
  return decoded.normalize('NFC').toLowerCase();
}

/** Nothing to decode and nothing that anybody reads in another way, unless a segment begins with a dot. */
const plainPath = /^[A-Za-z0-9/_.-]+$/;

/**
 * Compiles allowed paths once. `/EWS/*` admits `/ews` and everything below; without `*` only the very path is meant.
 * The function takes what `comparablePath` returned.
 */
export function createPathPolicy(allowedPaths: readonly string[]): (comparable: string) => boolean {
  const exact = new Set<string>();
  const prefixes: string[] = [];
  for (const pattern of allowedPaths) {
    const lower = pattern.toLowerCase();
    if (!lower.endsWith('/*')) exact.add(lower);
    else {
      exact.add(lower.slice(0, -2));
      prefixes.push(lower.slice(0, -1));
    }
  }
  return (comparable) => exact.has(comparable) || prefixes.some((prefix) => comparable.startsWith(prefix));
}

/** True for a pattern that an application may carry: a plain path, optionally ending in `/*`. */
export function isPathPattern(pattern: string): boolean {
  const plain = pattern.endsWith('/*') ? pattern.slice(0, -1) : pattern;
  return !plain.includes('*') && !plain.includes('?') && comparablePath(plain) !== undefined;
}
