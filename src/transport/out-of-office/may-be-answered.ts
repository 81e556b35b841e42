import type { PropertyBag, PropertyValue } from '../../organization/index.ts';
import { fieldName, fieldValue } from '../smtp/message-head.ts';

/** What decides whether machines may answer a message. */
export interface AnswerableMessage {
  /** MAIL FROM; empty for reports and for what machines sent by themselves. */
  returnPath: string;
  itemClass: string;
  bag: PropertyBag;
  /** Its head, of one that has MIME content. */
  fields: readonly string[];
}

/** PidTagAutoResponseSuppress ([MS-OXOMSG] 2.2.1.77): the bit for replies about absence. */
const suppressesOof = 0x10;
const suppressTag = '0x3fdf';
const internetHeaders = '{00020386-0000-0000-c000-000000000046}#';

/** Senders that are no people (RFC 3834 §2), and the one of Exchange's own reports. */
const machines = /^(?:mailer-daemon|postmaster|listserv|majordomo|owner-.*|.*-(?:owner|request|bounces?)|microsoftexchange329e71ec88ae4615bbc36ab6ce41109e)@/i;

/** Reports, replies about absence and other rules' replies, and answers to meetings (*unverified* for these). */
const machineClasses = /^(?:report\.|ipm\.note\.rules\.|ipm\.schedule\.meeting\.resp\.)/i;

/**
 * Whether a reply about absence to this message is welcome: not to lists, not to what machines sent (RFC 3834 §2), and not
 * where the sender wants none (X-Auto-Response-Suppress, [MS-OXCMAIL] 2.2.3.2.14).
 */
export function mayBeAnswered({ returnPath, itemClass, bag, fields }: AnswerableMessage): boolean {
  if (returnPath === '' || machines.test(returnPath) || machineClasses.test(itemClass)) return false;
  const suppressed = bag[suppressTag];
  if (typeof suppressed === 'number' && (suppressed & suppressesOof) !== 0) return false;
  const head = [...fields, ...fieldsOf(bag)];
  if (head.some((field) => /^list-(?:id|help|post|unsubscribe|subscribe|owner|archive)$/.test(fieldName(field)))) return false;
  const submitted = fieldValue(head, 'auto-submitted') ?? 'no';
  if (!/^no\b/i.test(submitted)) return false;
  if (/^(?:bulk|list|junk)\b/i.test(fieldValue(head, 'precedence') ?? '')) return false;
  if (/multipart\/report/i.test(fieldValue(head, 'content-type') ?? '')) return false;
  return !head.some((field) => fieldName(field) === 'x-auto-response-suppress' && /[:\s,;](?:all|oof)(?:[\s,;]|$)/i.test(field));
}

/** Header fields that a client set as named properties. */
function fieldsOf(bag: PropertyBag): string[] {
  return Object.entries(bag).flatMap(([key, value]: [string, PropertyValue]) => (key.startsWith(internetHeaders) && typeof value === 'string' ? [`${key.slice(internetHeaders.length)}: ${value}`] : []));
}

/** The field for others that says what a property says here; undefined without one. */
export function suppressionField(bag: PropertyBag): string | undefined {
  const bits = bag[suppressTag];
  if (typeof bits !== 'number' || bits === 0) return undefined;
  if (bits === -1) return 'X-Auto-Response-Suppress: All';
  const names = (['DR', 'NDR', 'RN', 'NRN', 'OOF', 'AutoReply'] as const).filter((_, bit) => (bits & (1 << bit)) !== 0);
  return names.length === 0 ? undefined : `X-Auto-Response-Suppress: ${names.join(', ')}`;
}
