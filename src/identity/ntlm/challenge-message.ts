import { avIds, fileTime, writeAvPairs } from './av-pairs.ts';
import { malformedMessage, messageType, signature } from './ntlm-message.ts';
import { challengeFlags } from './ntlm-flags.ts';

/** What a server calls itself in its challenges. Clients put the names into what they prove. */
export interface NtlmServerNames {
  /** `EX1` */
  computer: string;
  /** `CONTOSO` */
  domain: string;
  /** `ex1.contoso.test` */
  dnsComputer: string;
  /** `contoso.test` */
  dnsDomain: string;
}

export interface NewChallenge {
  /** The client's NEGOTIATE message. */
  negotiate: Buffer;
  /** 8 bytes, random. */
  serverChallenge: Buffer;
  names: NtlmServerNames;
  /** Epoch milliseconds. */
  now: number;
}

const payloadOffset = 56;
/** VERSION, [MS-NLMP] 2.2.2.10: for debugging only; 10.0, build 20348, revision 15. */
const version = Buffer.from([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]);

/**
 * The CHALLENGE message ([MS-NLMP] 2.2.1.2) for a NEGOTIATE. Its time stamp makes clients that know of it add an
 * integrity code over the three messages.
 *
 * @throws IdentityError `IDENTITY_NTLM_MALFORMED`
 */
export function answerNegotiate({ negotiate, serverChallenge, names, now }: NewChallenge): Buffer {
  if (messageType(negotiate) !== 1 || negotiate.length < 16) throw malformedMessage('not a NEGOTIATE message');
  const asked = negotiate.readUInt32LE(12);
  const targetName = Buffer.from(names.domain, 'utf16le');
  const targetInfo = writeAvPairs([
    [avIds.netBiosDomainName, targetName],
    [avIds.netBiosComputerName, Buffer.from(names.computer, 'utf16le')],
    [avIds.dnsDomainName, Buffer.from(names.dnsDomain, 'utf16le')],
    [avIds.dnsComputerName, Buffer.from(names.dnsComputer, 'utf16le')],
    [avIds.timestamp, fileTime(now)],
  ]);
  const head = Buffer.alloc(payloadOffset);
  signature.copy(head, 0);
  head.writeUInt32LE(2, 8);
  writeField(head, 12, targetName.length, payloadOffset);
  head.writeUInt32LE(challengeFlags(asked), 20);
  serverChallenge.copy(head, 24);
  writeField(head, 40, targetInfo.length, payloadOffset + targetName.length);
  version.copy(head, 48);
  return Buffer.concat([head, targetName, targetInfo]);
}

function writeField(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at);
  head.writeUInt16LE(length, at + 2);
  head.writeUInt32LE(offset, at + 4);
}
