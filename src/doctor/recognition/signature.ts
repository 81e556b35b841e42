import type { Failure } from '../knowledge/failure.ts';
import { foldScanned } from './compact-text.ts';

/** What stands between two `…` of a published text, compacted. */
export interface Piece {
  letters: string;
  /** Of each letter, whether it tells this text from others. */
  telling: readonly boolean[];
  /** Where one of its sentences ends and the next begins. */
  bounds: readonly number[];
}

/** One published text, ready to be compared. */
export interface Signature {
  failure: Failure;
  text: string;
  pieces: readonly Piece[];
  length: number;
}

/** Of a signature what a scan leaves of it. */
export function foldSignature({ pieces, ...signature }: Signature): Signature {
  const folded = pieces.map(foldPiece);
  return { ...signature, pieces: folded, length: folded.reduce((sum, { letters }) => sum + letters.length, 0) };
}

/** The fold joins and drops letters: each one that is left stands for what has been folded since the one before. */
function foldPiece({ letters, telling, bounds }: Piece): Piece {
  const folded = foldScanned(letters);
  const kept = Array.from(folded, () => false);
  let done = 0;
  for (let at = 1; at <= letters.length; at++) {
    const length = foldScanned(letters.slice(0, at)).length;
    for (let letter = Math.min(done, length - 1); letter < length; letter++) if (letter >= 0) kept[letter] = telling[at - 1] ?? false;
    done = length;
  }
  return { letters: folded, telling: kept, bounds: bounds.map((at) => foldScanned(letters.slice(0, at)).length) };
}
