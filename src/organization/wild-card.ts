/** True when an identity holds a wild card. Only `*` counts, as in Exchange's own identities. */
export function hasWildCard(pattern: string): boolean {
  return pattern.includes('*');
}

/**
 * Compiles a pattern in which `*` stands for any run of characters; everything else is literal and case does not count.
 * Matching takes time in the order of the pattern times the text, whatever the pattern: it comes from outside.
 */
export function wildCardMatcher(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  if (parts.length === 1) return (text) => text.toLowerCase() === first;
  return (text) => {
    const candidate = text.toLowerCase();
    if (candidate.length < first.length + last.length || !candidate.startsWith(first) || !candidate.endsWith(last)) return false;
    const end = candidate.length - last.length;
    let position = first.length;
    for (const part of middle) {
      const found = candidate.indexOf(part, position);
      if (found === -1 || found + part.length > end) return false;
      position = found + part.length;
    }
    return true;
  };
}
