/** Encodings that Windows tools write logs in. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text by its mark, or else by its zeros: every second byte of western text in UTF-16 is one
 * (PowerShell 5 writes `>` as UTF-16 with a mark, other tools without).
 */
export function textEncodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // The beginning decides: what is appended later may be of another encoding.
  const isMostly = (odd: number): boolean => {
    const zeros = (bytes: Uint8Array, parity: number): number => bytes.filter((byte, index) => index % 2 === parity && byte === 0).length;
    return [head.subarray(0, 16), head.subarray(0, 400)].every((start) => zeros(start, odd) > start.length / 4 && zeros(start, 1 - odd) <= start.length / 20);
  };
  if (isMostly(1)) return 'utf-16le';
  return isMostly(0) ? 'utf-16be' : 'utf-8';
}

/** Whether these bytes are no text in any of the encodings: control characters that no log has. */
export function isBinary(head: Uint8Array): boolean {
  if (head.length === 0 || textEncodingOf(head) !== 'utf-8') return false;
  const start = head.subarray(0, 4096);
  const isPlain = (byte = 0): boolean => byte === 9 || byte === 10 || byte === 13 || (byte > 31 && byte < 127);
  // A zero beside a letter is the other half of it, in what was appended in UTF-16.
  const strange = start.filter((byte, index) => (byte === 0 ? !isPlain(start[index - 1]) && !isPlain(start[index + 1]) : byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127)).length;
  return strange > start.length / 50;
}
