/** Without characters that look like another one, and none that a shell, XML or a URL would take for its own. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/**
 * A password that a person can read out and type: four groups of four letters and digits, joined by hyphens, with
 * upper case, lower case and digits in it (Exchange's complexity rule). About 90 bits.
 */
export function generatePassword(randomBytes: (size: number) => Uint8Array): string {
  for (;;) {
    const characters: string[] = [];
    while (characters.length < groups * groupLength) {
      for (const byte of randomBytes(groups * groupLength)) {
        // Bytes beyond the last whole multiple of the alphabet would favour its first characters.
        const character = byte < 256 - (256 % alphabet.length) ? alphabet[byte % alphabet.length] : undefined;
        if (character !== undefined && characters.length < groups * groupLength) characters.push(character);
      }
    }
    const text = characters.join('');
    if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /[2-9]/.test(text)) return (text.match(/.{4}/g) ?? []).join('-');
  }
}
