/** Text of a file as Windows writes it: UTF-8 or UTF-16, by its mark or by the zero bytes that only UTF-16 has; else Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Windows PowerShell takes a file without a mark for; its quotes and dashes are the typographic ones.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
