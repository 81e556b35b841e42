import MimeNode from 'nodemailer/lib/mime-node';
import { smtpDomainOf } from '../organization/index.ts';
import type { DeliveryStatus } from './delivery-status.ts';
import { statusLine } from './delivery-status.ts';

/** Somebody who did not get a message, and why. */
export interface Undelivered {
  address: string;
  why: DeliveryStatus;
  /** What the other side said. */
  diagnostic?: string;
}

export interface ReportOptions {
  /** Who sent the message, and now hears of it. */
  to: string;
  undelivered: readonly Undelivered[];
  subject: string;
  messageId?: string;
  /** The head of the message, latin-1 fields. */
  headFields?: readonly string[];
  serverName: string;
  now: number;
}

/** The address that reports come from, in every Exchange organisation. */
export function reportSender(domain: string): string {
  return `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${domain}`;
}

/** A report of non-delivery (RFC 3464), as MIME content. Nobody reports on it: its sender is empty, and it says what it is. */
export async function writeReport({ to, undelivered, subject, messageId, headFields = [], serverName, now }: ReportOptions): Promise<Buffer> {
  const root = new MimeNode('multipart/report; report-type=delivery-status', { newline: 'windows', disableFileAccess: true, disableUrlAccess: true });
  root.setHeader({
    from: { name: 'Microsoft Outlook', address: reportSender(smtpDomainOf(to)) },
    to,
    subject: `Undeliverable: ${oneLine(subject)}`,
    date: new Date(now).toUTCString().replace('GMT', '+0000'),
    'auto-submitted': 'auto-replied',
    'x-ms-exchange-message-is-ndr': 'yes',
    ...(messageId === undefined ? {} : { 'in-reply-to': oneLine(messageId), references: oneLine(messageId) }),
  });
  root.createChild('text/plain; charset=utf-8').setContent(textOf(undelivered, subject, serverName));
  const groups = undelivered.map(({ address, why, diagnostic }) =>
    [`Final-Recipient: rfc822;${oneLine(address)}`, 'Action: failed', `Status: ${why.status}`, `Diagnostic-Code: smtp;${oneLine(diagnostic ?? statusLine(why))}`].join('\r\n'),
  );
  root.createChild('message/delivery-status').setContent([`Reporting-MTA: dns;${serverName}`, ...groups].join('\r\n\r\n'));
  if (headFields.length > 0) root.createChild('text/rfc822-headers').setContent(Buffer.from(headFields.map((field) => `${field}\r\n`).join(''), 'latin1'));
  return root.build();
}

function textOf(undelivered: readonly Undelivered[], subject: string, serverName: string): string {
  const people = undelivered.map(({ address, why, diagnostic }) => `${address}\r\n${diagnostic === undefined ? `Remote Server returned '${statusLine(why)}'` : `Remote Server returned '${oneLine(diagnostic)}'`}\r\n`);
  return `Delivery has failed to these recipients or groups:\r\n\r\n${people.join('\r\n')}\r\nSubject: ${oneLine(subject)}\r\nGenerating server: ${serverName}\r\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 900);
}
