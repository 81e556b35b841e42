import { createHmac, randomBytes } from 'node:crypto';
import { avIds, readAvPairs, writeAvPairs } from './av-pairs.ts';
import { ntlmFlags } from './ntlm-flags.ts';
import { ntHash } from './nt-hash.ts';
import { responseKey } from './verify-response.ts';

export interface TestNtlmClientOptions {
  userName: string;
  domain?: string;
  password: string;
  /** Instead of the password's. */
  hash?: Buffer;
  /** Default: as Windows does, add an integrity code. */
  mic?: boolean;
  /** Sent as MsvAvChannelBindings. */
  channelBinding?: Buffer;
  /** Names as bytes, and no word of Unicode. */
  oem?: boolean;
  /** Instead of the domain in the key. */
  keyDomain?: string;
}

export interface TestNtlmClient {
  /** The first message. */
  negotiate: Buffer;
  /** The third message, for the second. */
  authenticate(challenge: Buffer): Buffer;
}

const flags = (ntlmFlags.requestTarget | ntlmFlags.ntlm | ntlmFlags.alwaysSign | ntlmFlags.extendedSessionSecurity | ntlmFlags.targetInfo | ntlmFlags.bits128) >>> 0;
const payloadOffset = 88;

/** The client's side of NTLMv2, for tests that need more clients, or odder ones, than others offer. */
export function createTestNtlmClient(options: TestNtlmClientOptions): TestNtlmClient {
  const { userName, domain = '', mic = true } = options;
  const spoken = (options.oem === true ? flags : flags | ntlmFlags.unicode) >>> 0;
  const bytes = (text: string): Buffer => Buffer.from(text, options.oem === true ? 'latin1' : 'utf16le');
  const key = responseKey(options.hash ?? ntHash(options.password), userName, options.keyDomain ?? domain);
  const negotiate = Buffer.alloc(32);
  negotiate.write('NTLMSSP\0', 'latin1');
  negotiate.writeUInt32LE(1, 8);
  negotiate.writeUInt32LE(spoken, 12);
  return {
    negotiate,
    authenticate(challenge) {
      const infoAt = challenge.readUInt32LE(44);
      const sent = readAvPairs(challenge.subarray(infoAt, infoAt + challenge.readUInt16LE(40)));
      const targetInfo = writeAvPairs([
        ...sent,
        ...(mic ? [[avIds.flags, Buffer.from([2, 0, 0, 0])] as const] : []),
        ...(options.channelBinding === undefined ? [] : [[avIds.channelBindings, options.channelBinding] as const]),
      ]);
      const timestamp = sent.get(avIds.timestamp) ?? Buffer.alloc(8);
      const proved = Buffer.concat([Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]), timestamp, randomBytes(8), Buffer.alloc(4), targetInfo, Buffer.alloc(4)]);
      const proof = hmacMd5(key, challenge.subarray(24, 32), proved);
      const message = writeMessage(spoken, [Buffer.alloc(24), Buffer.concat([proof, proved]), bytes(domain), bytes(userName), bytes('TEST'), Buffer.alloc(0)]);
      if (mic) hmacMd5(hmacMd5(key, proof), negotiate, challenge, message).copy(message, 72);
      return message;
    },
  };
}

function writeMessage(spoken: number, fields: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(payloadOffset);
  head.write('NTLMSSP\0', 'latin1');
  head.writeUInt32LE(3, 8);
  let offset = payloadOffset;
  for (const [index, field] of fields.entries()) {
    head.writeUInt16LE(field.length, 12 + index * 8);
    head.writeUInt16LE(field.length, 14 + index * 8);
    head.writeUInt32LE(offset, 16 + index * 8);
    offset += field.length;
  }
  head.writeUInt32LE(spoken, 60);
  return Buffer.concat([head, ...fields]);
}

function hmacMd5(key: Uint8Array, ...data: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const piece of data) hmac.update(piece);
  return hmac.digest();
}
