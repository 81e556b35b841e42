/** RFC 1320 §3.4: how far each round turns, step by step. */
const shifts = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const;
/** The order in which the rounds read the sixteen words of a block. */
const orders = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const;
const constants = [0, 0x5a827999, 0x6ed9eba1] as const;

/** MD4 (RFC 1320). Long broken, and absent from Node's OpenSSL; Windows password hashes are made with it. */
export function md4(input: Uint8Array): Buffer {
  const padded = pad(input);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) addBlock(state, padded, block);
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeUInt32LE(word, index * 4);
  return digest;
}

/** RFC 1320 §3.1 and §3.2: a one bit, zeros, and the length in bits. */
function pad(input: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((input.length + 9) / 64) * 64);
  padded.set(input);
  padded[input.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(input.length) * 8n, padded.length - 8);
  return padded;
}

function addBlock(state: number[], bytes: Buffer, at: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 48; step += 1) {
    const round = step >> 4;
    const word = bytes.readUInt32LE(at + (orders[round]?.[step & 15] ?? 0) * 4);
    const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const sum = (a + mixed + word + (constants[round] ?? 0)) | 0;
    const shift = shifts[round]?.[step & 3] ?? 0;
    [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
  }
  for (const [index, value] of [a, b, c, d].entries()) state[index] = ((state[index] ?? 0) + value) >>> 0;
}
