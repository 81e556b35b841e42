import { compactText } from './compact-text.ts';
import type { Signature } from './signature.ts';

/** Shorter parts say nothing, wherever they are cut. */
const shortest = 14;
/** So many letters must stand in no other sentence and in no phrase that everybody uses. */
const enoughTelling = 5;
/** Of each end of a sentence whose middle is left out. */
const shortestBesideGap = 7;
/** Ends that fit a gap on both sides need not be telling when they are so much of the sentence. */
const enoughBesideGap = 0.5;
const lettersBesideGap = 18;
/** Nor need a text that is nothing but the middle of a sentence, when it is so long or so much of it. */
const longMiddle = 24;
const enoughOfMiddle = 0.5;
/** In longer texts sentences are whole. */
const mostParts = 40;
const longestText = 20_000;

/** Ellipses, also in brackets, and ends of paragraphs. */
export const gaps = /(?:[[(]?(?:…|\.{3,})[\])]?|\r?\n[ \t]*\r?\n)+/;

interface CutSentence {
  signature: Signature;
  /** Letters of the sentence that are left. */
  found: number;
}

interface Part {
  letters: string;
  /** It begins within a sentence: with a small letter. */
  beginsWithin: boolean;
  endsWithin: boolean;
}

/**
 * Sentences of which a cut has left a part, at the very place of the cut: the end of the text is the beginning of a sentence,
 * its beginning the end of one, all of it the middle of one. There the sentence cannot go on otherwise, so that fewer letters
 * are enough than elsewhere.
 *
 * @param common Phrases that say nothing by themselves, compacted
 */
export function findCutSentences(signatures: readonly Signature[], pasted: string, common: readonly string[]): readonly CutSentence[] {
  const parts = partsOf(pasted);
  const [only] = parts;
  const middle = parts.length === 1 && only !== undefined && !common.some((phrase) => phrase.includes(only.letters)) ? only.letters : undefined;
  return signatures.flatMap((signature) => {
    const found = Math.max(0, ...signature.pieces.flatMap((piece) => parts.map((part, index) => Math.max(lettersLeft(piece, part, parts[index + 1]), middle === undefined ? 0 : lettersOfMiddle(piece, middle)))));
    return found === 0 ? [] : [{ signature, found }];
  });
}

function partsOf(pasted: string): readonly Part[] {
  const parts = pasted.slice(0, longestText).split(gaps, mostParts + 1);
  if (parts.length > mostParts) return [];
  return parts.map((part) => ({ letters: compactText(part), beginsWithin: !/^[^\p{L}\p{N}]*\p{Lu}/u.test(part), endsWithin: /[\p{L}\p{N},;:-]\s*$/u.test(part) }));
}

function lettersLeft({ letters, telling }: Signature['pieces'][number], part: Part, next: Part | undefined): number {
  const { length } = part.letters;
  if (length < letters.length && length >= shortest) {
    const at = letters.indexOf(part.letters);
    if (at !== -1) return isTelling(telling, at, at + length) ? length : 0;
  }
  const beginning = part.endsWithin ? longestBeginning(letters, part.letters) : 0;
  if (beginning >= shortest && isTelling(telling, 0, beginning)) return beginning;
  const end = part.beginsWithin ? longestEnd(letters, part.letters) : 0;
  if (end >= shortest && isTelling(telling, letters.length - end, letters.length)) return end;
  const afterGap = beginning < shortestBesideGap || next?.beginsWithin !== true ? 0 : longestEnd(letters, next.letters);
  if (afterGap < shortestBesideGap) return 0;
  const left = beginning + afterGap;
  const fitsGap = left >= lettersBesideGap && left >= letters.length * enoughBesideGap && left <= letters.length;
  return fitsGap || isTelling(telling, 0, beginning, letters.length - afterGap) ? left : 0;
}

function lettersOfMiddle({ letters }: Signature['pieces'][number], middle: string): number {
  const isEnough = middle.length >= longMiddle || (middle.length >= shortest && middle.length >= letters.length * enoughOfMiddle);
  return isEnough && letters.includes(middle) ? middle.length : 0;
}

function isTelling(telling: readonly boolean[], from: number, to: number, alsoFrom = telling.length): boolean {
  return telling.slice(from, to).filter(Boolean).length + telling.slice(alsoFrom).filter(Boolean).length >= enoughTelling;
}

/** With how many letters of the sentence's beginning the part ends. */
function longestBeginning(sentence: string, part: string): number {
  for (let length = Math.min(sentence.length - 1, part.length); length > 0; length--) if (part.endsWith(sentence.slice(0, length))) return length;
  return 0;
}

function longestEnd(sentence: string, part: string): number {
  for (let length = Math.min(sentence.length - 1, part.length); length > 0; length--) if (part.startsWith(sentence.slice(-length))) return length;
  return 0;
}
