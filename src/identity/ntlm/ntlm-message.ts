import { IdentityError } from '../identity-error.ts';

export type NtlmMessageType = 1 | 2 | 3;

/** Longer than any message that fits a request head; Windows' own stay below 2 KiB. */
export const maximumMessageBytes = 12 * 1024;

/** `NTLMSSP\0`, [MS-NLMP] 2.2.1. */
export const signature = Buffer.from('NTLMSSP\0', 'latin1');

export function malformedMessage(reason: string): IdentityError {
  return new IdentityError('IDENTITY_NTLM_MALFORMED', 'The NTLM message cannot be read.', { facts: { reason } });
}

/** @throws IdentityError `IDENTITY_NTLM_MALFORMED` for anything that is no NTLM message of reasonable size */
export function messageType(message: Buffer): NtlmMessageType {
  if (message.length > maximumMessageBytes) throw malformedMessage('too long');
  if (message.length < 12 || !message.subarray(0, 8).equals(signature)) throw malformedMessage('no NTLMSSP signature');
  const type = message.readUInt32LE(8);
  if (type !== 1 && type !== 2 && type !== 3) throw malformedMessage('unknown message type');
  return type;
}

/**
 * A field of the payload: length, allocated length and offset at `at` ([MS-NLMP] 2.2.1.3). What points outside the
 * message, or is longer than `limit`, is refused.
 */
export function payloadField(message: Buffer, at: number, limit: number): Buffer {
  if (message.length < at + 8) throw malformedMessage('cut in a field');
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  if (length === 0) return Buffer.alloc(0);
  if (length > limit) throw malformedMessage('a field is too long');
  if (offset < 12 || offset + length > message.length) throw malformedMessage('a field lies outside the message');
  return message.subarray(offset, offset + length);
}

/** A field that is text in UTF-16. */
export function unicodeField(message: Buffer, at: number, limit: number): string {
  const bytes = payloadField(message, at, limit * 2);
  if (bytes.length % 2 !== 0) throw malformedMessage('half a character');
  return withoutNul(bytes.toString('utf16le'));
}

/** A field that is text in a code page that only the client knows: what is the same in all of them. */
export function asciiField(message: Buffer, at: number, limit: number): string {
  const bytes = payloadField(message, at, limit);
  if (bytes.some((byte) => byte > 0x7f)) throw malformedMessage('a name in an unknown code page');
  return withoutNul(bytes.toString('latin1'));
}

/** A NUL in a name is never honest. */
function withoutNul(text: string): string {
  if (text.includes('\0')) throw malformedMessage('NUL in a name');
  return text;
}
