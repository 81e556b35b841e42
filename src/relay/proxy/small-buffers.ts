const slabBytes = 64 * 1024;
/** Larger ones come alone: a reader that stalls must not hold much more than what waits for it. */
const largest = 16 * 1024;

let slab = Buffer.allocUnsafeSlow(slabBytes);
let used = 0;

/**
 * A buffer with unknown content, cut from a larger one as long as it is small. The runtime's own pool has 8 KiB and
 * ends at 4: a head with its body goes just past that, and memory of its own costs more than filling it.
 */
export function takeBuffer(length: number): Buffer {
  if (length > largest) return Buffer.allocUnsafeSlow(length);
  if (used + length > slabBytes) {
    slab = Buffer.allocUnsafeSlow(slabBytes);
    used = 0;
  }
  const start = used;
  used += (length + 7) & ~7;
  return slab.subarray(start, start + length);
}
