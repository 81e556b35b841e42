import type { Writable } from 'node:stream';

const holders = Symbol('holders');

interface CountedMemory extends ArrayBuffer {
  [holders]?: number | undefined;
}

/** A smaller chunk is left to the collector: counting would cost more than it saves. */
const worthCounting = 8 * 1024;

/**
 * Begins to count who holds a chunk that a socket has just brought: one, the caller, who releases it in the end.
 *
 * Every read brings a block of memory outside V8's heap, and V8 takes it for growth of the heap: at a hundred megabytes a
 * second it collects the whole heap several times a second, while most blocks stay long after their bytes have gone on.
 * So those who pass bytes on say when they are done with them, and the block is free at once. Who never releases what it
 * was given leaves the block to the collector, which costs memory for a while; releasing what one does not hold would
 * take bytes from somebody else.
 */
export function countHolders(chunk: Buffer): void {
  const memory = chunk.buffer as CountedMemory;
  // Memory of which others have a part is not the caller's to free.
  if (chunk.length >= worthCounting && memory.byteLength === chunk.length) memory[holders] = 1;
}

/** One holder more, for bytes that must outlive the call. False where nobody counts, and nobody has to release. */
export function holdBytes(bytes: Buffer): boolean {
  const memory = bytes.buffer as CountedMemory;
  if (memory[holders] === undefined) return false;
  memory[holders] += 1;
  return true;
}

/** One holder less. After the last one the memory is free, and every view of it empty. */
export function releaseBytes(bytes: Buffer): void {
  const memory = bytes.buffer as CountedMemory;
  const count = memory[holders];
  if (count === undefined) return;
  memory[holders] = count > 1 ? count - 1 : undefined;
  if (count === 1) memory.transfer(0);
}

/** Writes bytes and holds them until they have left, so that the caller may release them at once. Returns what `write` does. */
export function writeHeld(to: Writable, bytes: Buffer): boolean {
  if (!holdBytes(bytes)) return to.write(bytes);
  return to.write(bytes, (error) => {
    // After an error the system may still be reading them.
    if (error === null || error === undefined) releaseBytes(bytes);
  });
}
