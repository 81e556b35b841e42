import type { Piece, Signature } from './signature.ts';

/** Letters that are compared at once. */
export const gram = 8;
/** A run of letters shorter than this says nothing. */
export const shortestRun = 14;
/** A cut text may end within a tag or an escape, of which letters are left. */
const lettersOfCut = 2;
/** A sentence that is repeated: so many of its places are looked at. */
const mostPlaces = 2000;

/** A compacted text that is compared with signatures. */
export interface Reading {
  text: string;
  grams: ReadonlySet<string>;
  /** Where something is left out of the text: its ends, ellipses, ends of paragraphs. */
  cuts(): readonly number[];
}

export interface Match {
  /** Letters that were found. */
  found: number;
  telling: number;
  /** The grams that were found. */
  grams: readonly string[];
  /** Whether a part of the sentence stands there, and goes on otherwise than the sentence does. */
  goesOnOtherwise: boolean;
}

export function createReading(text: string, cuts: () => readonly number[]): Reading {
  let known: readonly number[] | undefined;
  return { text, grams: gramsOf(text), cuts: () => (known ??= cuts()) };
}

export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (let at = 0; at + gram <= text.length; at++) grams.add(text.slice(at, at + gram));
  return grams;
}

export function matchSignature({ pieces }: Signature, reading: Reading): Match {
  const matches = pieces.map((piece) => matchPiece(piece, reading));
  return {
    found: matches.reduce((sum, { found }) => sum + found, 0),
    telling: matches.reduce((sum, { telling }) => sum + telling, 0),
    grams: matches.flatMap(({ grams }) => grams),
    goesOnOtherwise: matches.some(({ goesOnOtherwise }) => goesOnOtherwise),
  };
}

/** Runs of the piece whose grams all stand in the text. */
function matchPiece({ letters: wanted, telling, bounds }: Piece, reading: Reading): Match {
  const match = { found: 0, telling: 0, grams: [] as string[], goesOnOtherwise: false };
  // Pieces that are shorter than a run count only as a whole; their neighbours must carry the match.
  const shortest = Math.min(shortestRun, wanted.length);
  let from = -1;
  for (let at = 0; at <= wanted.length - Math.min(gram, wanted.length) + 1; at++) {
    const isFound = at + gram <= wanted.length && reading.grams.has(wanted.slice(at, at + gram));
    if (isFound && from === -1) from = at;
    if (!isFound && from !== -1) {
      const end = at - 1 + gram;
      const to = from + contiguous(wanted.slice(from, end), reading.text);
      if (to - from >= shortest) {
        match.found += to - from;
        match.telling += telling.slice(from, to).filter(Boolean).length;
        for (let start = from; start + gram <= to; start++) match.grams.push(wanted.slice(start, start + gram));
        match.goesOnOtherwise ||= goesOnOtherwise({ letters: wanted, bounds }, from, to, reading);
      }
      from = -1;
      // What follows the break may be a run of its own.
      if (to < end) at = to - gram;
    }
  }
  return match;
}

/**
 * Whether the letters from `from` to `to` of a sentence, wherever they stand in the text, have other letters beside them
 * than in the sentence. Where the text is cut there are none, and of several sentences each may stand by itself.
 */
export function goesOnOtherwise({ letters: sentence, bounds }: Pick<Piece, 'letters' | 'bounds'>, from: number, to: number, { text, cuts }: Reading, side: 'both' | 'after' = 'both'): boolean {
  if (from === 0 && to === sentence.length) return false;
  const run = sentence.slice(from, to);
  let places = 0;
  for (let at = text.indexOf(run); at !== -1 && places < mostPlaces; at = text.indexOf(run, at + 1), places++) {
    let [start, end] = [from, to];
    while (start > 0 && text[at - (from - start) - 1] === sentence[start - 1]) start--;
    while (end < sentence.length && text[at + end - from] === sentence[end]) end++;
    if ((side === 'after' || start === 0 || bounds.includes(start) || isCut(cuts(), at - from + start)) && (end === sentence.length || bounds.includes(end) || isCut(cuts(), at + end - from))) return false;
  }
  return true;
}

/** Whether one of the cuts, which ascend, is here. */
function isCut(cuts: readonly number[], at: number): boolean {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < at - lettersOfCut) low = middle + 1;
    else high = middle;
  }
  return (cuts[low] ?? Number.POSITIVE_INFINITY) <= at + lettersOfCut;
}

/** In a long text each gram of a run may stand somewhere else: how many letters of it stand together from its beginning. */
function contiguous(run: string, text: string): number {
  if (run.length < shortestRun || text.includes(run)) return run.length;
  let [known, unknown] = [gram, run.length];
  while (unknown - known > 1) {
    const middle = (known + unknown) >> 1;
    if (text.includes(run.slice(0, middle))) known = middle;
    else unknown = middle;
  }
  return known;
}
