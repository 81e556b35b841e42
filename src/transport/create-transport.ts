import { resolveMx as systemResolveMx } from 'node:dns/promises';
import type { Clock, Dial, Log } from '../foundation/index.ts';
import { addressKey, isMailbox, smtpDomainOf } from '../organization/index.ts';
import type { NewItem, Organization, QueuedMessage, QueuedRecipient, Recipient } from '../organization/index.ts';
import { deliverToMailbox, itemOfMime } from './deliver-to-mailbox.ts';
import { deliveryStatuses } from './delivery-status.ts';
import { suppressionField } from './out-of-office/may-be-answered.ts';
import { outgoingMessage } from './outgoing-message.ts';
import { defaultSchedule, startQueueWorker } from './queue-worker.ts';
import type { RetrySchedule } from './queue-worker.ts';
import { writeReport } from './report.ts';
import type { Undelivered } from './report.ts';
import { mailTipsOf } from './routing/mail-tips.ts';
import type { MailTips } from './routing/mail-tips.ts';
import { nextHop, queuedHop } from './routing/next-hop.ts';
import type { ResolveMx } from './routing/resolve-hosts.ts';
import { resolveRecipients } from './routing/resolve-recipient.ts';
import { headOf } from './smtp/message-head.ts';
import { startSmtpListener } from './smtp/start-smtp-listener.ts';
import type { SmtpListener } from './smtp/start-smtp-listener.ts';
import { storedCertificate } from './stored-certificate.ts';
import { TransportError } from './transport-error.ts';
import type { Submission, TransportContext } from './submission.ts';

export interface TransportOptions {
  /** It stays open when the transport closes. */
  organization: Organization;
  side: 'OnPremises' | 'Cloud';
  /** What this server calls itself: `ex1.contoso.test`. */
  serverName: string;
  dial: Dial;
  /** PEM certificates that other servers and clients are verified by, instead of the built-in roots. */
  ca?: string | readonly string[];
  /** The server's own certificate, PEM: shown to servers that mail is sent to, and by the listener. */
  certificate?: { cert: string; key: string };
  /** Default: the system's. */
  resolveMx?: ResolveMx;
  schedule?: RetrySchedule;
  clock: Clock;
  log: Log;
}

export interface Transport {
  /** Delivers to mailboxes here at once, queues what goes elsewhere, and reports to the sender who cannot be reached. */
  submit(submission: Submission): Promise<void>;
  /** Whether somebody decides on requests for somebody else: for a resource (Set-CalendarProcessing -ResourceDelegates), or as a person's delegate. */
  isDelegateOf(principal: Recipient, guid: string): Promise<boolean>;
  /** What is known of an address before somebody sends to it. */
  mailTipsOf(sender: Recipient, address: string): Promise<MailTips>;
  /** Takes mail from other servers. Needs `certificate`. */
  listen(options: { host?: string; port?: number }): Promise<SmtpListener>;
  /** What waits is tried again now. Gives how many messages that are. */
  retry(): Promise<number>;
  /** Ends what is on its way; it stays queued. */
  close(graceMs?: number): Promise<void>;
}

/** The mail transport of one organisation. What an earlier run left in the queue goes on its way. */
export function createTransport(options: TransportOptions): Transport {
  const { organization, clock, log, side } = options;
  const context: TransportContext = { organization, side, serverName: options.serverName, clock, log, submit };
  const listeners: SmtpListener[] = [];
  const worker = startQueueWorker({
    context,
    schedule: options.schedule ?? defaultSchedule,
    report: reportOnQueued,
    outbound: {
      dial: options.dial,
      resolveMx: options.resolveMx ?? ((domain) => systemResolveMx(domain)),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      certificateOf: async (name) => (name === undefined ? undefined : await storedCertificate(organization, name)) ?? options.certificate,
    },
  });

  async function submit({ sender, recipients, makeItem, isAutomatic = false }: Submission): Promise<void> {
    const returnPath = isAutomatic ? '' : sender.primarySmtpAddress;
    const undelivered: Undelivered[] = [];
    const elsewhere: QueuedRecipient[] = [];
    for (const { destination, addressed } of await resolveRecipients(organization, recipients, { address: sender.primarySmtpAddress, isInternal: true })) {
      if (destination.kind === 'failed') undelivered.push({ address: destination.address, why: destination.why });
      else if (destination.kind === 'mailbox') {
        const { recipient, isOofSuppressed } = destination;
        await deliverToMailbox(context, recipient, await makeItem(), { isInternal: true, returnPath, isOofSuppressed, copy: makeItem, headFields: async () => headOfItem(await makeItem()) });
      } else {
        const address = addressed.address ?? '';
        const key = addressKey(destination.address);
        const hop = await nextHop(organization, side, smtpDomainOf(key), destination.isAccepted);
        if (hop === undefined) undelivered.push({ address, why: deliveryStatuses.noRoute });
        else elsewhere.push({ address: destination.address, nextHop: queuedHop(hop, smtpDomainOf(key)), ...(key === addressKey(address) ? {} : { original: address }), ...(destination.isOofSuppressed ? { isOofSuppressed: true } : {}) });
      }
    }
    if (elsewhere.length === 0 && undelivered.length === 0) return;
    const item = await makeItem();
    const text = (key: string): string | undefined => (typeof item.properties?.[key] === 'string' ? item.properties[key] : undefined);
    const [messageId, subject] = [text('message:InternetMessageId'), text('item:Subject')];
    const about = { sender: returnPath, isInternal: true, ...(messageId === undefined ? {} : { messageId }), ...(subject === undefined ? {} : { subject: subject.slice(0, 500) }) };
    if (elsewhere.length > 0) {
      await organization.transportQueue.add({ ...about, recipients: elsewhere }, withInternalFields(await outgoingMessage(item), options.serverName, { isAutomatic, ...suppressionOf(item) }));
      worker.wake();
    }
    if (undelivered.length > 0 && !isAutomatic) await report({ to: sender.primarySmtpAddress, undelivered, subject: subject ?? '', ...(messageId === undefined ? {} : { messageId }) });
  }

  async function reportOnQueued(message: QueuedMessage, undelivered: readonly Undelivered[]): Promise<void> {
    log.warn({ message: message.number, messageId: message.messageId, undelivered: undelivered.map(({ address, why, diagnostic }) => ({ address, status: why.status, diagnostic })) }, 'mail could not be delivered');
    // Nobody is told about reports, or about what machines answered by themselves (RFC 3834 §2).
    if (message.sender === '') return;
    const headFields = await headOf(organization.transportQueue.content(message.number));
    await report({ to: message.sender, undelivered, subject: message.subject ?? '', headFields, ...(message.messageId === undefined ? {} : { messageId: message.messageId }) });
  }

  async function report(about: { to: string; undelivered: readonly Undelivered[]; subject: string; messageId?: string; headFields?: readonly string[] }): Promise<void> {
    const content = await writeReport({ ...about, serverName: options.serverName, now: clock.now() });
    const person = await organization.directory.resolve(about.to);
    if (person !== undefined && isMailbox(person)) {
      const item = await itemOfMime(() => once(content), content.length, 'UTC');
      await deliverToMailbox(context, person, item, { isInternal: true, returnPath: '', isOofSuppressed: true, copy: () => item, headFields: () => Promise.resolve([]) });
      return;
    }
    await organization.transportQueue.add({ sender: '', recipients: [{ address: about.to }], isInternal: true, subject: `Undeliverable: ${about.subject}` }, withInternalFields(once(content), options.serverName));
    worker.wake();
  }

  worker.wake();
  return {
    submit,
    async isDelegateOf(principal, guid) {
      if (principal.recipientTypeDetails === 'UserMailbox') return (await organization.mailSettings.of(principal.guid)).Delegates.some((delegate) => delegate.guid === guid.toLowerCase());
      const { ResourceDelegates } = await organization.calendarProcessing.of(principal, side === 'Cloud');
      return ResourceDelegates.some((delegate) => delegate.toLowerCase() === guid.toLowerCase());
    },
    mailTipsOf: (sender, address) => mailTipsOf(context, sender, address),
    async listen({ host, port }) {
      if (options.certificate === undefined) throw new TransportError('TRANSPORT_NO_CERTIFICATE', 'A transport without certificate cannot take mail.', { remedy: 'Name the certificate of the SMTP listener.' });
      const listener = await startSmtpListener({ context, certificate: options.certificate, ...(options.ca === undefined ? {} : { ca: options.ca }), ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }), onReceived: () => worker.wake() });
      listeners.push(listener);
      return listener;
    },
    retry() {
      return organization.transportQueue.retry();
    },
    async close(graceMs = 5_000) {
      await Promise.all(listeners.map((listener) => listener.close(graceMs)));
      await worker.close();
    },
  };
}

/** Who sent it was signed in here. What nobody wrote says so (RFC 3834 §5). */
async function* withInternalFields(content: AsyncIterable<Uint8Array>, serverName: string, more: { isAutomatic?: boolean; suppression?: string } = {}): AsyncGenerator<Uint8Array> {
  if (more.isAutomatic === true) yield Buffer.from('Auto-Submitted: auto-replied\r\n');
  if (more.suppression !== undefined) yield Buffer.from(`${more.suppression}\r\n`);
  yield Buffer.from(`X-MS-Exchange-Organization-AuthSource: ${serverName}\r\nX-MS-Exchange-Organization-AuthAs: Internal\r\nX-MS-Exchange-Organization-SCL: -1\r\n`);
  yield* content;
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

function suppressionOf({ properties = {} }: NewItem): { suppression?: string } {
  const suppression = suppressionField(properties);
  return suppression === undefined ? {} : { suppression };
}

async function headOfItem({ mime }: NewItem): Promise<readonly string[]> {
  return mime === undefined ? [] : headOf(mime instanceof Uint8Array ? once(mime) : mime);
}
