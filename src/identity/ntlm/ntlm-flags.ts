/** NegotiateFlags, [MS-NLMP] 2.2.2.5, as far as a server of HTTP has to do with them. */
export const ntlmFlags = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  anonymous: 0x0000_0800,
  alwaysSign: 0x0000_8000,
  targetTypeDomain: 0x0001_0000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  bits128: 0x2000_0000,
  bits56: 0x8000_0000,
} as const;

/** What a client may ask for and gets. Nothing is signed or sealed with a session key: TLS does that. */
const granted = ntlmFlags.alwaysSign | ntlmFlags.extendedSessionSecurity | ntlmFlags.bits128 | ntlmFlags.bits56;

/** The flags of the challenge that answers a client's. Unicode is granted unasked: curl follows, though it asks for OEM. */
export function challengeFlags(asked: number): number {
  return ((asked & granted) | ntlmFlags.unicode | ntlmFlags.requestTarget | ntlmFlags.ntlm | ntlmFlags.targetTypeDomain | ntlmFlags.targetInfo | ntlmFlags.version) >>> 0;
}

export function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}
