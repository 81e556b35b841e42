/** Encodings that Windows tools write logs in. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text by its mark, or else by its zeros: every second byte of western text in UTF-16 is one
 * (PowerShell 5 writes `>` as UTF-16 with a mark, other tools without).
 */
export function textEncodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const start = head.subarray(0, 400);
  const zeros = (odd: number): number => start.filter((byte, index) => index % 2 === odd && byte === 0).length;
  if (zeros(1) > start.length / 4 && zeros(0) < start.length / 20) return 'utf-16le';
  return zeros(0) > start.length / 4 && zeros(1) < start.length / 20 ? 'utf-16be' : 'utf-8';
}

/** Whether these bytes are no text in any of the encodings: control characters that no log has. */
export function isBinary(head: Uint8Array): boolean {
  if (head.length === 0 || textEncodingOf(head) !== 'utf-8') return false;
  const start = head.subarray(0, 4096);
  const strange = start.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127).length;
  return strange > start.length / 50;
}
