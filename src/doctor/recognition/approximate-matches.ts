import type { Alphabet, ApproximatePattern } from './approximate-search.ts';
import { createAlphabet, createPattern, fewestErrors, longestPattern, numbered } from './approximate-search.ts';
import type { Piece, Signature } from './signature.ts';

/** A shorter part of a sentence is found in any text, with so many errors. */
const shortestWindow = 20;
/** One letter in so many may be wrong. */
const lettersOfError = 15;
/** So much of a window must be telling, for it to count without its neighbours. */
const enoughTelling = 0.5;
/** So many of the telling windows, where not all windows are found. */
const enoughWindows = 0.6;
/** What is searched: every letter costs, and an error is near the beginning of what people paste. */
const longestText = 20_000;

export interface ApproximateMatch {
  signature: Signature;
  /** Letters of the signature that were found, less the wrong ones. */
  found: number;
}

interface Window {
  pattern: ApproximatePattern;
  isTelling: boolean;
}

/**
 * Finds signatures of which letters are wrong: read wrongly from a picture, typed off. A part of a sentence is enough, as
 * long as most of it stands in no other.
 */
export function createApproximateMatcher(signatures: readonly Signature[]): (text: string) => readonly ApproximateMatch[] {
  const alphabet = createAlphabet(signatures.flatMap(({ pieces }) => pieces.map(({ letters }) => letters)));
  const known = signatures.map((signature) => ({ signature, windows: signature.pieces.flatMap((piece) => windowsOf(piece, alphabet)), short: signature.pieces.filter(({ letters }) => letters.length < shortestWindow) }));
  return (text) => {
    const numbers = numbered(text.slice(0, longestText), alphabet);
    return known.flatMap(({ signature, windows, short }) => {
      const matched = windows.map(({ pattern }) => lettersFound(pattern, numbers));
      const telling = windows.filter(({ isTelling }) => isTelling).length;
      const tellingFound = windows.filter(({ isTelling }, index) => isTelling && (matched[index] ?? 0) > 0).length;
      // What is too short to be looked for with errors must stand there as it is.
      const isWhole = windows.length > 0 && matched.every((letters) => letters > 0) && short.every(({ letters }) => text.includes(letters));
      const isEnough = telling > 0 && tellingFound >= telling * enoughWindows;
      return isWhole || isEnough ? [{ signature, found: matched.reduce((sum, letters) => sum + letters, 0) }] : [];
    });
  };
}

/** 0 where too many are wrong. */
function lettersFound(pattern: ApproximatePattern, text: Uint16Array): number {
  const most = Math.floor(pattern.length / lettersOfError);
  const errors = fewestErrors(pattern, text, most);
  return errors > most ? 0 : pattern.length - errors;
}

/** Windows lie beside one another, the last one at the end of its sentence. */
function windowsOf({ letters, telling }: Piece, alphabet: Alphabet): readonly Window[] {
  if (letters.length < shortestWindow) return [];
  const count = Math.ceil(letters.length / longestPattern);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round((Math.max(0, letters.length - longestPattern) * index) / Math.max(1, count - 1));
    const to = Math.min(letters.length, from + longestPattern);
    return { pattern: createPattern(letters.slice(from, to), alphabet), isTelling: telling.slice(from, to).filter(Boolean).length >= (to - from) * enoughTelling };
  });
}
