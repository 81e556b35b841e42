const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** `Guid.ToByteArray()`: the first three groups little-endian. */
export function bytesOfGuid(guid: string): Uint8Array {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Uint8Array.from(order, (at) => bytes[at] ?? 0);
}

export function guidOfBytes(bytes: Uint8Array): string {
  return Buffer.from(order.map((at) => bytes[at] ?? 0)).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
