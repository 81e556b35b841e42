import type { Capture } from './captures.ts';

/** Words in a row: fewer stand in many texts, more in hardly any. */
const wordsInARow = 3;

/**
 * Tells of what a cut has left of an error’s sentence whether it says nothing any more: whether each three words in a row of
 * it (all of them, where there are fewer) stand in other texts as well, in errors of other failures or in such as are none of
 * the catalogue’s. A computed rule, which knows neither the doctor’s signatures nor its answers.
 */
export function createUndecidable(captures: readonly Capture[], foreign: readonly string[]): (capture: Capture, left: string) => boolean {
  const known = new Map<string, readonly string[]>();
  const othersOf = ({ id, within = [] }: Capture): readonly string[] => {
    const key = [id, ...within].join(' ');
    let others = known.get(key);
    if (others === undefined) {
      const elsewhere = captures.filter((other) => other.id !== id && !within.includes(other.id) && other.within?.includes(id) !== true);
      known.set(key, (others = [...foreign, ...elsewhere.map(({ text }) => text)].map(lettersOf)));
    }
    return others;
  };
  return (capture, left) => {
    const others = othersOf(capture);
    return left.split('[…]').every((piece) => rowsOf(piece).every((row) => others.some((text) => text.includes(row))));
  };
}

function rowsOf(piece: string): readonly string[] {
  const words = piece.match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.min(wordsInARow, words.length);
  return words.slice(0, words.length - count + 1).map((_, at) => lettersOf(words.slice(at, at + count).join('')));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
