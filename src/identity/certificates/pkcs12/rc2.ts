/*
 * RC2 (RFC 2268), for reading alone: Node's OpenSSL does not have it, and .pfx files of OpenSSL before 3 and of older
 * Windows keep their certificates under it.
 */

const permutation = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b255597312d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const rotations = [1, 2, 3, 5] as const;
const blockBytes = 8;

/** Decrypts CBC with PKCS #7 padding; undefined where the padding is wrong. The effective key length is that of the key. */
export function decryptRc2(key: Buffer, iv: Buffer, data: Buffer): Buffer | undefined {
  if (data.length === 0 || data.length % blockBytes !== 0) return undefined;
  const keyWords = expandKey(key);
  const plain = Buffer.alloc(data.length);
  for (let offset = 0; offset < data.length; offset += blockBytes) {
    const block = decryptBlock(keyWords, data.subarray(offset, offset + blockBytes));
    const before = offset === 0 ? iv : data.subarray(offset - blockBytes, offset);
    for (let index = 0; index < blockBytes; index++) plain[offset + index] = (block[index] ?? 0) ^ (before[index] ?? 0);
  }
  const padding = plain.at(-1) ?? 0;
  if (padding === 0 || padding > blockBytes || !plain.subarray(-padding).every((byte) => byte === padding)) return undefined;
  return plain.subarray(0, -padding);
}

/** RFC 2268 §2. */
function expandKey(key: Buffer): Uint16Array {
  const bytes = Buffer.alloc(128);
  key.copy(bytes);
  const at = (index: number): number => bytes[index] ?? 0;
  const permuted = (index: number): number => permutation[index & 0xff] ?? 0;
  for (let index = key.length; index < 128; index++) bytes[index] = permuted(at(index - 1) + at(index - key.length));
  bytes[128 - key.length] = permuted(at(128 - key.length));
  for (let index = 127 - key.length; index >= 0; index--) bytes[index] = permuted(at(index + 1) ^ at(index + key.length));
  return Uint16Array.from({ length: 64 }, (_, index) => bytes.readUInt16LE(index * 2));
}

/** RFC 2268 §4: sixteen rounds of mixing, two of mashing between them. */
function decryptBlock(key: Uint16Array, input: Buffer): Buffer {
  const words = Uint16Array.from({ length: 4 }, (_, index) => input.readUInt16LE(index * 2));
  const word = (index: number): number => words[(index + 4) % 4] ?? 0;
  for (let round = 15; round >= 0; round--) {
    for (let index = 3; index >= 0; index--) {
      const rotation = rotations[index] ?? 0;
      const rotated = (word(index) >>> rotation) | (word(index) << (16 - rotation));
      words[index] = rotated - (key[round * 4 + index] ?? 0) - (word(index - 1) & word(index - 2)) - (~word(index - 1) & word(index - 3));
    }
    if (round === 11 || round === 5) for (let index = 3; index >= 0; index--) words[index] = word(index) - (key[word(index - 1) & 63] ?? 0);
  }
  const output = Buffer.alloc(blockBytes);
  words.forEach((value, index) => output.writeUInt16LE(value, index * 2));
  return output;
}
