import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes between two collections of the young generation. */
const interval = 8 * 1024 * 1024;

let passed = 0;
let collectYoung: (() => void) | undefined;

/**
 * Counts bytes that have come from a socket. Each piece of them is an ArrayBuffer outside the heap, of which V8 sees a
 * few words: it lets 64 MiB of them gather, and then collects the whole heap instead of the young generation, where all
 * of them lie. That stops everything for tens of milliseconds, once a second under small requests alone. A collection of
 * the young generation every 16 MiB takes one or two, and leaves no reason for the other.
 */
export function collectEarly(bytes: number): void {
  passed += bytes;
  if (passed < interval) return;
  passed = 0;
  collectYoung ??= youngCollector();
  // Not here, where what is being read is still referred to and would have to be moved.
  setImmediate(collectYoung);
}

/** `gc` of V8, which its flag shows to contexts made afterwards. */
function youngCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  setFlagsFromString('--no-expose-gc');
  return () => void collect({ type: 'minor' });
}
