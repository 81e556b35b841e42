import { createHash } from 'node:crypto';

/** Choices that look random and are the same for the same seed. Not for secrets. */
export interface SeededRandom {
  /** 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** True in this share of cases, 0 to 1. */
  chance(share: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

/** SHA-256 in counter mode over the seed. */
export function createSeededRandom(seed: string): SeededRandom {
  let block = Buffer.alloc(0);
  let offset = 0;
  let counter = 0;
  const next = (): number => {
    if (offset === block.length) {
      block = createHash('sha256').update(`${seed}:${counter}`).digest();
      counter++;
      offset = 0;
    }
    const value = block.readUInt32BE(offset);
    offset += 4;
    return value / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.');
      return list[between(0, list.length - 1)] as T;
    },
    shuffle<T>(list: readonly T[]): T[] {
      const left = [...list];
      const shuffled: T[] = [];
      while (left.length > 0) shuffled.push(...left.splice(between(0, left.length - 1), 1));
      return shuffled;
    },
  };
}
