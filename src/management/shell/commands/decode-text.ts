/** What Windows PowerShell's `-Encoding` calls a text without a mark. */
const named: Readonly<Record<string, string>> = { utf8: 'utf-8', utf8nobom: 'utf-8', utf8bom: 'utf-8', unicode: 'utf-16le', bigendianunicode: 'utf-16be', default: 'windows-1252', ansi: 'windows-1252', oem: 'windows-1252' };

/**
 * Text of a file as Windows writes it: UTF-8 or UTF-16, by its mark or by the zero bytes that only UTF-16 has; else
 * Windows-1252. A file without a mark is what `encoding` says, where that is one of PowerShell's names.
 */
export function decodeText(bytes: Uint8Array, encoding = ''): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const told = named[encoding.toLowerCase().replaceAll('-', '')];
  if (told !== undefined && !(first === 0xef && second === 0xbb && third === 0xbf)) return new TextDecoder(told).decode(bytes);
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What Windows PowerShell takes a file without a mark for; its quotes and dashes are the typographic ones.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
