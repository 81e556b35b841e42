import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes between two collections of the young generation. */
const interval = 8 * 1024 * 1024;

let passed = 0;
let collectYoung: (() => void) | undefined;

/**
 * Counts bytes that have come from a socket. Each piece of them is an ArrayBuffer outside the heap, which V8 counts as
 * growth of the old generation though it dies young: some 12 MB of them, and the whole heap is collected, which stops
 * everything for 10 to 50 ms, once a second under small requests alone. Collections of the young generation in between
 * take one or two.
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
