import type { Recipient } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { fitsName } from '../recipients/recipient-cmdlets.ts';
import { isOctetString, ldapValues } from './ldap-values.ts';

type AccountFilter = (user: Recipient) => boolean;

/** Most brackets of one filter. */
const mostParts = 200;

/** The matching rules of Active Directory: all of these bits, any of them. */
const allBits = '1.2.840.113556.1.4.803';
const anyBit = '1.2.840.113556.1.4.804';

interface Reader {
  text: string;
  at: number;
  parts: number;
}

/**
 * `-LDAPFilter`: a search filter of RFC 4515, with the bit rules of Active Directory (`userAccountControl:1.2.840.113556.1.4.803:=2`)
 * and `anr`. Texts are compared without regard to case. An attribute that is not kept here has no value.
 *
 * @throws ManagementError `MANAGEMENT_PARAMETER_INVALID`
 */
export function readLdapFilter(text: string): AccountFilter {
  const reader: Reader = { text: text.trim(), at: 0, parts: 0 };
  // Active Directory's cmdlets take a single comparison without its brackets.
  if (!reader.text.startsWith('(')) reader.text = `(${reader.text})`;
  const filter = readPart(reader);
  if (reader.at < reader.text.length) throw invalid(reader);
  return filter;
}

function readPart(reader: Reader): AccountFilter {
  reader.parts += 1;
  if (reader.parts > mostParts || reader.text[reader.at] !== '(') throw invalid(reader);
  reader.at += 1;
  const filter = readInner(reader);
  if (reader.text[reader.at] !== ')') throw invalid(reader);
  reader.at += 1;
  while (reader.text[reader.at] === ' ') reader.at += 1;
  return filter;
}

function readInner(reader: Reader): AccountFilter {
  const operator = reader.text[reader.at];
  if (operator === '!') {
    reader.at += 1;
    // Widely written, and taken by Active Directory: (!attribute=value).
    const inner = reader.text[reader.at] === '(' ? readPart(reader) : readComparison(reader);
    return (user) => !inner(user);
  }
  if (operator !== '&' && operator !== '|') return readComparison(reader);
  reader.at += 1;
  const parts: AccountFilter[] = [];
  while (reader.text[reader.at] === '(') parts.push(readPart(reader));
  if (parts.length === 0) throw invalid(reader);
  return operator === '&' ? (user) => parts.every((part) => part(user)) : (user) => parts.some((part) => part(user));
}

function readComparison(reader: Reader): AccountFilter {
  const [whole = '', attribute = '', rule, operator = '', written = ''] = /^([A-Za-z][\w-]*)(?::([\d.]+):)?(=|>=|<=|~=)([^()]*)/.exec(reader.text.slice(reader.at)) ?? [];
  if (whole === '') throw invalid(reader);
  const pieces = written.split('*').map((piece) => unescaped(reader, piece));
  reader.at += whole.length;
  if (rule !== undefined) return bitComparison(reader, { attribute, rule, operator, written });
  if (attribute.toLowerCase() === 'anr') return (user) => fitsName(user, (pieces[0] ?? Buffer.alloc(0)).toString());
  if (operator === '=' && pieces.length > 1) return (user) => ldapValues(user, attribute).some((value) => fitsPieces(value, pieces.map(String)));
  const bytes = pieces[0] ?? Buffer.alloc(0);
  if (operator === '=' || operator === '~=') return (user) => ldapValues(user, attribute).some((value) => (isOctetString(attribute) ? value === bytes.toString('base64') : value.toLowerCase() === bytes.toString().toLowerCase()));
  const wanted = bytes.toString();
  return (user) => ldapValues(user, attribute).some((value) => (operator === '>=' ? order(value, wanted) >= 0 : order(value, wanted) <= 0));
}

function bitComparison(reader: Reader, { attribute, rule, operator, written }: { attribute: string; rule: string; operator: string; written: string }): AccountFilter {
  if (operator !== '=' || !/^\d{1,15}$/.test(written) || (rule !== allBits && rule !== anyBit)) throw invalid(reader);
  const wanted = BigInt(written);
  return (user) => ldapValues(user, attribute).some((value) => /^\d+$/.test(value) && (rule === allBits ? (BigInt(value) & wanted) === wanted : (BigInt(value) & wanted) !== 0n));
}

/** The text between stars, in its order; `attribute=*` asks for any value. */
function fitsPieces(value: string, pieces: readonly string[]): boolean {
  const text = value.toLowerCase();
  const [first = '', ...rest] = pieces.map((piece) => piece.toLowerCase());
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function order(left: string, right: string): number {
  return /^\d+$/.test(left) && /^\d+$/.test(right) ? Number(left) - Number(right) : left.toLowerCase().localeCompare(right.toLowerCase(), 'en');
}

/** `\2a` stands for the byte 2a. */
function unescaped(reader: Reader, written: string): Buffer {
  if (/\\(?![\da-f]{2})/i.test(written)) throw invalid(reader);
  return Buffer.concat(written.split(/(\\[\da-f]{2})/i).map((part) => (/^\\[\da-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))));
}

function invalid({ text, at }: Reader): ManagementError {
  return new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'The search filter cannot be recognized.', { facts: { filter: text.slice(0, 1000), at }, remedy: "Write for example -LDAPFilter '(&(mailNickname=b*)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))'." });
}
