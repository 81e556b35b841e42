import { createHmac, timingSafeEqual } from 'node:crypto';
import { IdentityError } from '../identity-error.ts';
import type { AuthenticateMessage } from './authenticate-message.ts';
import { withoutMic } from './authenticate-message.ts';

/** The three messages of one handshake, as they were on the wire. */
export interface NtlmHandshakeMessages {
  negotiate: Buffer;
  challenge: Buffer;
  authenticate: Buffer;
  /** The 8 random bytes inside the challenge. */
  serverChallenge: Buffer;
}

/**
 * NTOWFv2, [MS-NLMP] 3.3.2: the key that a user of a domain answers challenges with.
 */
export function responseKey(ntHash: Uint8Array, userName: string, domain: string): Buffer {
  return hmacMd5(ntHash, Buffer.from(upperCase(userName) + domain, 'utf16le'));
}

/**
 * Proves, or refuses, that who wrote an AUTHENTICATE message knows the NT hash, and that nobody changed a message on the
 * way where the client added its integrity code ([MS-NLMP] 3.3.2 and 3.2.5.1.2).
 *
 * @throws IdentityError `IDENTITY_NTLM_DENIED`, `IDENTITY_NTLM_MIC`
 */
export function verifyResponse(ntHash: Uint8Array, message: AuthenticateMessage, messages: NtlmHandshakeMessages): void {
  // [MS-NLMP] 3.2.5.1.2: some clients leave the domain out of the key although they name one.
  const key = [message.domain, ''].map((domain) => responseKey(ntHash, message.userName, domain)).find((candidate) => {
    return timingSafeEqual(hmacMd5(candidate, messages.serverChallenge, message.proved), message.proof);
  });
  if (key === undefined) throw new IdentityError('IDENTITY_NTLM_DENIED', 'User name or password is wrong.', { facts: { domain: message.domain, userName: message.userName } });
  if (message.mic === undefined) return;
  // No key exchange has been granted, so the key exchange key, which is the session base key, signs.
  const expected = hmacMd5(hmacMd5(key, message.proof), messages.negotiate, messages.challenge, withoutMic(messages.authenticate));
  if (!timingSafeEqual(expected, message.mic)) {
    throw new IdentityError('IDENTITY_NTLM_MIC', 'The NTLM messages were changed on their way.', { facts: { domain: message.domain, userName: message.userName } });
  }
}

function hmacMd5(key: Uint8Array, ...data: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const piece of data) hmac.update(piece);
  return hmac.digest();
}

/** As Windows does it: character by character and never longer than before, so that `ß` stays. */
function upperCase(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index);
    const upper = character.toUpperCase();
    return upper.length === 1 ? upper : character;
  }).join('');
}
