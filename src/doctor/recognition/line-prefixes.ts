/** Longer than any stamp that programs put before every line. */
const longestPrefix = 120;
const mostLines = 20_000;

/**
 * A text without what stands before every one of its lines: numbers, stamps of a log, the name of a host or a file,
 * initials of who is quoted, the frame of a table. Such a prefix is not known beforehand; it is what a line has in common
 * with its neighbour, digits and blanks aside. Lines that begin with the same words lose these too.
 */
export function withoutLinePrefixes(text: string): string {
  const lines = text.split(/\r?\n/, mostLines);
  if (lines.length < 2) return text;
  const common = lines.slice(1).map((line, index) => commonPrefix(lines[index] ?? '', line));
  return lines.map((line, index) => line.slice(Math.max(common[index - 1]?.[1] ?? 0, common[index]?.[0] ?? 0))).join('\n');
}

/** How long the common prefix is in each of two lines. It ends before a word, and a line does not consist of it alone. */
function commonPrefix(first: string, second: string): readonly [number, number] {
  let [at, beside] = [0, 0];
  let ends: readonly [number, number] = [0, 0];
  while (at < Math.min(first.length, longestPrefix) && beside < second.length) {
    const run = runAt(first, at);
    const other = runAt(second, beside);
    if (run.kind !== other.kind || (run.kind === 'other' && first[at] !== second[beside])) break;
    at += run.length;
    beside += other.length;
    if (!/[\p{L}\p{N}]/u.test(first[at - 1] ?? '')) ends = [at, beside];
  }
  return ends;
}

/** Digits and blanks are alike, however many there are. */
function runAt(line: string, at: number): { kind: 'digits' | 'blanks' | 'other'; length: number } {
  for (const [kind, pattern] of [['digits', digits], ['blanks', blanks]] as const) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found !== null) return { kind, length: found[0].length };
  }
  return { kind: 'other', length: 1 };
}

const digits = /\d+/y;
const blanks = /\s+/y;
