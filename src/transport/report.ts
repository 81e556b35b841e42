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
export async function writeReport(options: ReportOptions): Promise<Buffer> {
  const { to, undelivered, subject, messageId, headFields = [], serverName, now } = options;
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
  root.createChild('text/plain; charset=utf-8').setContent(textOf(undelivered, options));
  const groups = undelivered.map(({ address, why, diagnostic }) =>
    [`Final-Recipient: rfc822;${oneLine(address)}`, 'Action: failed', `Status: ${why.status}`, `Diagnostic-Code: smtp;${oneLine(diagnostic ?? statusLine(why))}`].join('\r\n'),
  );
  root.createChild('message/delivery-status').setContent([`Reporting-MTA: dns;${serverName}`, ...groups].join('\r\n\r\n'));
  if (headFields.length > 0) root.createChild('text/rfc822-headers').setContent(Buffer.from(headFields.map((field) => `${field}\r\n`).join(''), 'latin1'));
  return root.build();
}

/** What a person makes of it, by the enhanced status; what is not here is told by its class. */
const explanations: Readonly<Record<string, string>> = {
  '5.1.10': 'Nobody has this address. Check how it is written, or ask for the present one, and send the message again.',
  '5.1.3': 'This is not a complete address. Write it as name@domain, and send the message again.',
  '5.4.4': 'Mail for this domain cannot be sent from here. Your administrator can set up a connector for it.',
  '5.4.6': 'The message went in a circle between servers and was stopped. Only your administrator can mend that.',
  '5.3.4': 'The message is too large. Send less, or a link in place of what is attached.',
  '5.2.2': 'The mailbox is full. Ask its owner to make room, and send the message again.',
  '4.4.7': 'The other server could not be reached, or did not take the message, for as long as it was tried. Send it again later; if that happens again, tell your administrator.',
  '5.7.133': 'This group takes mail of people of its own organisation only. Ask whoever looks after it.',
  '5.7.129': 'You may not send to this recipient. Ask whoever looks after the group or mailbox.',
  '5.7.54': 'The other server takes no mail for this address from here. Tell your administrator.',
  '4.3.2': 'An administrator has taken the message out of the queue. Ask before you send it again.',
};

function explanationOf({ status }: DeliveryStatus): string {
  const known = explanations[status];
  if (known !== undefined) return known;
  return status.startsWith('5.7.') ? 'The message was refused by a rule of the other side. Your administrator can say which.' : 'The other server did not take the message. The information below tells your administrator why.';
}

/** First what its reader can do, then what an administrator asks for. */
function textOf(undelivered: readonly Undelivered[], { subject, messageId, serverName, now }: ReportOptions): string {
  const people = undelivered.flatMap(({ address, why }) => [oneLine(address), explanationOf(why), '']);
  const details = undelivered.flatMap(({ address, why, diagnostic }) => [oneLine(address), `Remote Server returned '${oneLine(diagnostic ?? statusLine(why))}'`, '']);
  return [
    'Delivery has failed to these recipients or groups:',
    '',
    ...people,
    `Subject: ${oneLine(subject)}`,
    '',
    '',
    'Diagnostic information for administrators:',
    '',
    `Generating server: ${serverName}`,
    `Time: ${new Date(now).toISOString()}`,
    ...(messageId === undefined ? [] : [`Message-ID: ${oneLine(messageId)}`]),
    '',
    ...details,
  ].join('\r\n');
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 900);
}
