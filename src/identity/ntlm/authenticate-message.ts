import { IdentityError } from '../identity-error.ts';
import type { AvPairs } from './av-pairs.ts';
import { avIds, micPresent, readAvPairs } from './av-pairs.ts';
import { hasFlag, ntlmFlags } from './ntlm-flags.ts';
import { asciiField, malformedMessage, messageType, payloadField, unicodeField } from './ntlm-message.ts';

/** What a client claims in its AUTHENTICATE message ([MS-NLMP] 2.2.1.3). Nothing of it is proved yet. */
export interface AuthenticateMessage {
  domain: string;
  userName: string;
  workstation: string;
  /** NTProofStr: the first 16 bytes of the NTLMv2 response. */
  proof: Buffer;
  /** NTLMv2_CLIENT_CHALLENGE and what follows it ([MS-NLMP] 2.2.2.7): what the proof covers, beside the server's challenge. */
  proved: Buffer;
  targetInfo: AvPairs;
  /** The integrity code over the three messages, where the target information says that there is one. */
  mic: Buffer | undefined;
}

const micOffset = 72;
const micLength = 16;
/** Windows' own limits are 104 (user) and 255 (domain, computer). */
const nameLimit = 256;
const responseLimit = 8 * 1024;
/** Of the client challenge before its target information. */
const clientChallengeHead = 28;

/**
 * Reads an AUTHENTICATE message and takes NTLMv2 only.
 *
 * @throws IdentityError `IDENTITY_NTLM_MALFORMED`, `IDENTITY_NTLM_ANONYMOUS`, `IDENTITY_NTLM_VERSION` for NTLMv1 and LM
 */
export function parseAuthenticateMessage(message: Buffer): AuthenticateMessage {
  if (messageType(message) !== 3 || message.length < 64) throw malformedMessage('not an AUTHENTICATE message');
  const flags = message.readUInt32LE(60);
  const response = payloadField(message, 20, responseLimit);
  if (hasFlag(flags, ntlmFlags.anonymous) || (message.readUInt16LE(36) === 0 && response.length === 0)) {
    throw new IdentityError('IDENTITY_NTLM_ANONYMOUS', 'Anonymous sign-in is not possible here.');
  }
  const text = hasFlag(flags, ntlmFlags.unicode) ? unicodeField : asciiField;
  const userName = text(message, 36, nameLimit);
  if (userName === '') throw malformedMessage('no user name');
  // LM and NTLMv1 responses have 24 bytes; an NTLMv2 response has at least 16 + 28 + 4.
  if (response.length <= 24) {
    throw new IdentityError('IDENTITY_NTLM_VERSION', 'Only NTLMv2 is accepted.', {
      facts: { responseLength: response.length },
      remedy: 'Let the client send NTLMv2 responses (on Windows: LmCompatibilityLevel 3 or higher).',
    });
  }
  const proved = response.subarray(16);
  if (proved.length < clientChallengeHead + 4) throw malformedMessage('the response is cut');
  if (proved[0] !== 1 || proved[1] !== 1) throw malformedMessage('unknown version of the response');
  const targetInfo = readAvPairs(proved.subarray(clientChallengeHead));
  return {
    domain: text(message, 28, nameLimit),
    userName,
    workstation: text(message, 44, nameLimit),
    proof: response.subarray(0, 16),
    proved,
    targetInfo,
    mic: micOf(message, targetInfo),
  };
}

/** The message as the integrity code covers it: with zeros in the code's own place. */
export function withoutMic(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  copy.fill(0, micOffset, micOffset + micLength);
  return copy;
}

function micOf(message: Buffer, targetInfo: AvPairs): Buffer | undefined {
  const flags = targetInfo.get(avIds.flags);
  if (flags === undefined) return undefined;
  if (flags.length !== 4) throw malformedMessage('flags of another size');
  if (!hasFlag(flags.readUInt32LE(0), micPresent)) return undefined;
  if (message.length < micOffset + micLength) throw malformedMessage('the integrity code is cut');
  return message.subarray(micOffset, micOffset + micLength);
}
