import { X509Certificate } from 'node:crypto';
import type { EvidenceKind, EvidenceSide } from './evidence-types.ts';
import { isAccessLogLine } from './readers/access-log.ts';
import { csvSeparator } from './readers/csv.ts';
import { isDefaultLogLine } from './text/default-log-lines.ts';
import { isBinary, textEncodingOf } from './text/text-encoding.ts';

/** So much of a file decides what it is. */
export const headLength = 65_536;

/** What a file is, by its first bytes; its name is not asked. */
export function recognizeKind(head: Buffer): EvidenceKind | 'gzip' {
  if (head.length === 0) return 'empty';
  if (head.length >= 4 && [0x504b0304, 0x504b0506].includes(head.readUInt32BE(0))) return 'archive';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.subarray(0, 8).toString('latin1') === 'ElfFile\0') return 'event log (evtx)';
  if (head[0] === 0x30 && (head[1] ?? 0) >= 0x80) return kindOfDer(head);
  if (isBinary(head)) return 'binary';
  const encoding = textEncodingOf(head);
  const text = (encoding === 'utf-16be' ? Buffer.from(head.subarray(0, head.length & ~1)).swap16() : head).toString(encoding === 'utf-8' ? 'utf8' : 'utf16le').replace(/^\ufeff/, '');
  return kindOfText(text.trimStart());
}

function kindOfDer(head: Buffer): EvidenceKind {
  // PKCS#12 begins with its version, 3 (RFC 7292 §4).
  if (head.subarray(2, 8).includes(Buffer.from([2, 1, 3]))) return 'private key';
  // 1.2.840.113549.1.7.2, signed data (RFC 5652 §5.1).
  if (head.subarray(0, 40).includes(Buffer.from('2a864886f70d010702', 'hex'))) return 'certificate';
  try {
    return new X509Certificate(head).raw.length > 0 ? 'certificate' : 'binary';
  } catch {
    return 'binary';
  }
}

function kindOfText(text: string): EvidenceKind {
  if (text === '') return 'empty';
  const start = text.slice(0, 4096);
  if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----|-----BEGIN PKCS7-----/.test(start)) return 'certificate';
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(start)) return 'private key';
  if (isBareCertificate(text)) return 'certificate';
  if (/^(?:Bearer\s+)?eyJ[\w-]{8,}\.(?:[\w-]{8,}\.[\w-]*|[\w-]*(?:\.[\w-]+){3})\s*$/i.test(text)) return 'token';
  if (/^<Objs[\s>]|^<\?xml[^>]*>\s*<Objs[\s>]/.test(start)) return 'Clixml';
  if (start.includes('schemas.microsoft.com/win/2004/08/events/event')) return 'event log (XML)';
  if (/^<invoke[\s>]/.test(start)) return 'wizard cmdlets';
  if (/^\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d\.\d{3}\s/m.test(start)) return 'wizard log';
  if (/^#Fields: (?:date|time) /m.test(start)) return 'IIS log';
  if (/^#Fields: (?:date-?time|time-?stamp),/im.test(start) || /^DateTime,RequestId,/i.test(start)) return 'Exchange log';
  if (jsonStart.test(start)) return kindOfJson(text);
  if (start.startsWith('#TYPE ') || csvSeparator(start) !== undefined) return 'CSV';
  const firstLines = start.split(/\r?\n/, 8);
  if (firstLines.some(isDefaultLogLine)) return 'IIS log';
  if (firstLines.some(isAccessLogLine)) return 'access log';
  if (isMail(start)) return 'mail';
  if (/^Log Name:\s+\S/m.test(start) || (/^ProviderName\s+: /m.test(start) && /^TimeCreated\s+: /m.test(start)) || /^Level\tDate and Time\tSource\tEvent ID/m.test(start)) return 'event log (text)';
  return (start.match(/^[A-Za-z]\w{1,60} *: /gm)?.length ?? 0) >= 3 ? 'Format-List' : 'text';
}

/** A line of a log may begin with a bracket too: `[Mon Nov 16 …`, `[2026-11-16 …`, `{noformat}`. */
const jsonStart = /^(?:\{\s*(?:["}]|$)|\[\s*(?:[{["\]]|-?\d[\d.eE+]*\s*[,\]]|(?:true|false|null)\s*[,\]]|$))/;

/** RFC 5322 §2.2, with a field that only machines write: an Outlook that quotes “From: … Sent: …” is no mail. */
function isMail(start: string): boolean {
  const [head = ''] = start.split(/\r?\n\r?\n/, 1);
  return /^[\w-]{2,60}:[ \t]/.test(head) && /^(?:Message-ID|MIME-Version|Received|Return-Path):/im.test(head) && /^(?:From|Date|Subject|To):/im.test(head);
}

/** DER in base64 and nothing else, as AuthConfig and metadata show certificates: it begins with a SEQUENCE of two bytes' length. */
function isBareCertificate(text: string): boolean {
  return text.startsWith('MII') && /^[A-Za-z0-9+/\s]{400,}={0,2}$/.test(text.trimEnd()) && kindOfDer(Buffer.from(text, 'base64')) === 'certificate';
}

function kindOfJson(text: string): EvidenceKind {
  if (/^\{\s*"log"\s*:\s*\{/.test(text) && /"(?:entries|creator|version|pages)"/.test(text.slice(0, 4096))) return 'HAR trace';
  const [first = '', second = ''] = text.split(/\r?\n/, 2);
  return first.startsWith('{') && first.trimEnd().endsWith('}') && (second === '' ? isJson(first) && /"(?:time|level|requestId)"/.test(first) : second.startsWith('{')) ? 'JSON lines' : 'JSON';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The side of one of Hybridge's parties, by the name in its logs. */
export function sideOfParty(party: string): EvidenceSide {
  const sides: Readonly<Record<string, EvidenceSide>> = { 'on-premises': 'on-premises', cloud: 'cloud', relay: 'relay', agent: 'agent', sts: 'token service' };
  return sides[party] ?? 'unknown';
}

/** On which side such a file is written, as far as its kind and its path tell. */
export function sideOfFile(kind: EvidenceKind, name: string): EvidenceSide {
  if (kind === 'wizard log' || kind === 'wizard cmdlets') return 'set-up';
  if (kind === 'HAR trace' || kind === 'SAZ trace') return 'client';
  const path = name.toLowerCase();
  if (/(?:^|[^a-z])(?:cloud|exo|exchange-?online|office-?365|o365|tenant|entra|azure)(?![a-z])/.test(path)) return 'cloud';
  if (/(?:^|[^a-z])relay(?![a-z])/.test(path)) return 'relay';
  if (/(?:^|[^a-z])(?:on-?prem(?:ises)?|premises|inetpub|w3svc\d*|httpproxy)(?![a-z])/.test(path)) return 'on-premises';
  return kind === 'IIS log' || kind === 'Exchange log' || kind === 'event log (XML)' || kind === 'event log (text)' ? 'on-premises' : 'unknown';
}
