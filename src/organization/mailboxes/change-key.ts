/** The change key of something last changed by a change: opaque base64, 16 characters. */
export function changeKeyOf(change: number): string {
  const bytes = Buffer.alloc(12);
  bytes[0] = 9;
  bytes.writeBigUInt64BE(BigInt(change), 4);
  return bytes.toString('base64');
}

/** The change that a key names; undefined for what is no change key. */
export function changeOfKey(changeKey: string): number | undefined {
  const bytes = Buffer.from(changeKey, 'base64');
  if (bytes.length !== 12 || bytes[0] !== 9) return undefined;
  const change = Number(bytes.readBigUInt64BE(4));
  return Number.isSafeInteger(change) ? change : undefined;
}
