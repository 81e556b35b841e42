import { errorCodes, ProtocolViolation } from './protocol.ts';

/**
 * The code of RFC 7541 Appendix B. It is canonical: symbols sorted by the length of their codes, then by value, get
 * consecutive codes, so that the lengths say everything. Each row: length in bits, then the symbols as ranges.
 */
const codeLengths: readonly (readonly [bits: number, symbols: string])[] = [
  [5, '48-50 97 99 101 105 111 115-116'],
  [6, '32 37 45-47 51-57 61 65 95 98 100 102-104 108-110 112 114 117'],
  [7, '58 66-87 89 106-107 113 118-122'],
  [8, '38 42 44 59 88 90'],
  [10, '33-34 40-41 63'],
  [11, '39 43 124'],
  [12, '35 62'],
  [13, '0 36 64 91 93 126'],
  [14, '94 125'],
  [15, '60 96 123'],
  [19, '92 195 208'],
  [20, '128 130-131 162 184 194 224 226'],
  [21, '153 161 167 172 176-177 179 209 216-217 227 229-230'],
  [22, '129 132-134 136 146 154 156 160 163-164 169-170 173 178 181 185-187 189-190 196 198 228 232-233'],
  [23, '1 135 137-141 143 147 149-152 155 157-158 165-166 168 174-175 180 182-183 188 191 197 231 239'],
  [24, '9 142 144-145 148 159 171 206 215 225 236-237'],
  [25, '199 207 234-235'],
  [26, '192-193 200-202 205 210 213 218-219 238 240 242-243 255'],
  [27, '203-204 211-212 214 221-223 241 244-248 250-254'],
  [28, '2-8 11-12 14-21 23-31 127 220 249'],
  [30, '10 13 22 256'],
];
const endOfString = 256;

/** A node is a pair of what follows 0 and 1: another node, or a symbol. */
type Node = [Node | number | undefined, Node | number | undefined];
let tree: Node | undefined;

/** Links of ours never use this code; a peer that follows RFC 7541 may. @throws ProtocolViolation */
export function decodeHuffman(bytes: Buffer): string {
  tree ??= plant();
  let text = '';
  let node: Node = tree;
  let bits = 0;
  let onlyOnes = true;
  for (const byte of bytes) {
    for (let mask = 0x80; mask !== 0; mask >>= 1) {
      const bit = (byte & mask) === 0 ? 0 : 1;
      const next: Node | number | undefined = node[bit];
      bits += 1;
      if (bit === 0) onlyOnes = false;
      if (next === undefined || next === endOfString) throw invalid();
      if (typeof next !== 'number') {
        node = next;
        continue;
      }
      text += String.fromCharCode(next);
      node = tree;
      bits = 0;
      onlyOnes = true;
    }
  }
  // Padding is the beginning of the end-of-string code, shorter than a byte (RFC 7541 §5.2).
  if (bits > 7 || !onlyOnes) throw invalid();
  return text;
}

function plant(): Node {
  const root: Node = [undefined, undefined];
  let code = 0;
  let before = 0;
  for (const [bits, symbols] of codeLengths) {
    code *= 2 ** (bits - before);
    before = bits;
    for (const range of symbols.split(' ')) {
      const [first = 0, last = first] = range.split('-').map(Number);
      for (let symbol = first; symbol <= last; symbol += 1) {
        graft(root, code, bits, symbol);
        code += 1;
      }
    }
  }
  return root;
}

function graft(root: Node, code: number, bits: number, symbol: number): void {
  let node = root;
  for (let bit = bits - 1; bit > 0; bit -= 1) {
    const side = (code >>> bit) & 1;
    const next = (node[side] ??= [undefined, undefined]);
    if (typeof next === 'number') throw new RangeError('the code is not free of prefixes');
    node = next;
  }
  node[code & 1] = symbol;
}

function invalid(): ProtocolViolation {
  return new ProtocolViolation(errorCodes.compressionError, 'a Huffman code is invalid');
}
