/** As many letters as fit the bits of one integer. */
export const longestPattern = 31;

/** A pattern for searching with errors, made once. */
export interface ApproximatePattern {
  length: number;
  /** By the letter's number in the alphabet: where the pattern has it. */
  places: Int32Array;
}

export interface Alphabet {
  /** Numbers from 1; 0 is every other letter. */
  numbers: ReadonlyMap<string, number>;
}

export function createAlphabet(texts: readonly string[]): Alphabet {
  return { numbers: new Map(Array.from(new Set(texts.join(''))).map((letter, index) => [letter, index + 1])) };
}

export function createPattern(pattern: string, { numbers }: Alphabet): ApproximatePattern {
  const places = new Int32Array(numbers.size + 1);
  for (const [index, letter] of Array.from(pattern.slice(0, longestPattern)).entries()) {
    const number = numbers.get(letter) ?? 0;
    if (number !== 0) places[number] = (places[number] ?? 0) | (1 << index);
  }
  return { length: Math.min(pattern.length, longestPattern), places };
}

/** A text as numbers of an alphabet, for any number of searches. */
export function numbered(text: string, { numbers }: Alphabet): Uint16Array {
  return Uint16Array.from(text, (letter) => numbers.get(letter) ?? 0);
}

/**
 * The fewest letters that must be changed, added or left out for the pattern to stand somewhere in the text; more than
 * `most` when it takes more. The algorithm of Myers (Journal of the ACM 46, 1999), a few operations a letter.
 */
export function fewestErrors({ length, places }: ApproximatePattern, text: Uint16Array, most: number): number {
  const last = 1 << (length - 1);
  // With 31 letters 1 << 31 is negative, and less one wraps to all of the lower bits.
  const all = ((1 << length) - 1) | 0;
  let positive = all;
  let negative = 0;
  let errors = length;
  let fewest = length;
  for (const letter of text) {
    const equal = places[letter] ?? 0;
    const vertical = equal | negative;
    const horizontal = ((((equal & positive) + positive) ^ positive) | equal) & all;
    let more = negative | (~(horizontal | positive) & all);
    let fewer = positive & horizontal;
    if ((more & last) !== 0) errors++;
    if ((fewer & last) !== 0) errors--;
    if (errors < fewest) fewest = errors;
    more = (more << 1) & all;
    fewer = (fewer << 1) & all;
    positive = fewer | (~(vertical | more) & all);
    negative = more & vertical;
  }
  return fewest <= most ? fewest : most + 1;
}
