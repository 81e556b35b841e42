import { errorText } from '../foundation/index.ts';
import type { Dial } from '../foundation/index.ts';
import { addressKey, OrganizationError, smtpDomainOf } from '../organization/index.ts';
import type { NewItem, QueuedMessage, QueuedRecipient, Recipient } from '../organization/index.ts';
import { deliverToMailbox, itemOfMime } from './deliver-to-mailbox.ts';
import { deliveryStatuses } from './delivery-status.ts';
import type { Undelivered } from './report.ts';
import { nextHop, queuedHop } from './routing/next-hop.ts';
import type { NextHop } from './routing/next-hop.ts';
import { resolveRecipients } from './routing/resolve-recipient.ts';
import type { ResolveMx } from './routing/resolve-hosts.ts';
import { hostsOf } from './routing/resolve-hosts.ts';
import { headOf, joinMessage, splitHead, toCrossPremises, withoutInternalFields } from './smtp/message-head.ts';
import { sendBySmtp } from './smtp/send-by-smtp.ts';
import type { TransportContext } from './submission.ts';

/** How a transport reaches other servers. */
export interface Outbound {
  dial: Dial;
  resolveMx: ResolveMx;
  ca?: string | readonly string[];
  /** The certificate of a name (`<I>issuer<S>subject`), or the server's own. PEM. */
  certificateOf(name: string | undefined): Promise<{ cert: string; key: string } | undefined>;
}

/** What one attempt came to. Who is in neither list has the message. */
export interface Attempt {
  waiting: readonly QueuedRecipient[];
  undelivered: readonly Undelivered[];
}

/** Recipients who are sent the same message over the same connector. */
interface RemoteGroup {
  hop: NextHop;
  domain: string;
  isOofSuppressed: boolean;
  recipients: QueuedRecipient[];
}

/** Tries to bring a queued message to everybody who has yet to get it. */
export async function deliverQueued(context: TransportContext, outbound: Outbound, message: QueuedMessage, signal: AbortSignal): Promise<Attempt> {
  const waiting: QueuedRecipient[] = [];
  const undelivered: Undelivered[] = (message.removed ?? []).map((address) => ({ address, why: deliveryStatuses.removedByAdministrator }));
  const hops = new Map<string, RemoteGroup>();
  for (const { destination, addressed } of await resolveRecipients(context.organization, message.recipients, { address: message.sender, isInternal: message.isInternal })) {
    const original = addressed.original ?? addressed.address;
    if (destination.kind === 'failed') {
      undelivered.push({ address: addressed.original ?? destination.address, why: destination.why });
      continue;
    }
    const suppression = destination.isOofSuppressed ? { isOofSuppressed: true } : {};
    if (destination.kind === 'mailbox') {
      const { primarySmtpAddress: address } = destination.recipient;
      const problem = await deliverHere(context, destination.recipient, message, destination.isOofSuppressed);
      if (problem === 'passing') waiting.push({ address, original, ...suppression, nextHop: { deliveryType: 'SmtpDeliveryToMailbox', domain: context.serverName, connector: 'Intra-Organization SMTP Send Connector' }, lastError: '451 4.3.2 the mailbox cannot be written to' });
      else if (problem !== undefined) undelivered.push({ address: original, why: problem });
      continue;
    }
    const domain = smtpDomainOf(addressKey(destination.address));
    const hop = await nextHop(context.organization, context.side, domain, destination.isAccepted);
    if (hop === undefined) undelivered.push({ address: original, why: deliveryStatuses.noRoute });
    else if (hop.maximumBytes !== undefined && message.size > hop.maximumBytes) undelivered.push({ address: original, why: deliveryStatuses.tooLargeForConnector });
    else {
      const key = `${hop.connector} ${hop.hosts === undefined ? domain : ''} ${destination.isOofSuppressed}`;
      const group = hops.get(key) ?? { hop, domain, isOofSuppressed: destination.isOofSuppressed, recipients: [] };
      group.recipients.push({ address: destination.address, nextHop: queuedHop(hop, domain), ...(original === destination.address ? {} : { original }), ...suppression });
      hops.set(key, group);
    }
  }
  for (const group of hops.values()) {
    const outcome = await sendElsewhere(context, outbound, message, group, signal);
    waiting.push(...outcome.waiting);
    undelivered.push(...outcome.undelivered);
  }
  return { waiting, undelivered };
}

async function deliverHere(context: TransportContext, recipient: Recipient, message: QueuedMessage, isOofSuppressed: boolean): Promise<'passing' | (typeof deliveryStatuses)['mailboxFull'] | undefined> {
  const { transportQueue, mailboxes } = context.organization;
  // After a failure or a crash, it may be there already.
  if (message.messageId !== undefined && message.attempts > 0 && (await isThere(mailboxes.of(recipient.guid), message.messageId))) return undefined;
  try {
    const copy = async (): Promise<NewItem> => {
      const item = await itemOfMime(() => transportQueue.content(message.number), message.size, recipient.timeZone ?? 'UTC');
      // Whatever the message says of itself, it has just come.
      return { ...item, properties: { ...item.properties, 'item:DateTimeReceived': context.clock.now() } };
    };
    const headFields = (): Promise<readonly string[]> => headOf(transportQueue.content(message.number));
    await deliverToMailbox(context, recipient, await copy(), { isInternal: message.isInternal, returnPath: message.sender, isOofSuppressed, copy, headFields });
    return undefined;
  } catch (error) {
    if (error instanceof OrganizationError && (error.code === 'ORGANIZATION_MAILBOX_FULL' || error.code === 'ORGANIZATION_ITEM_TOO_LARGE')) return deliveryStatuses.mailboxFull;
    context.log.error({ err: error, message: message.number, mailbox: recipient.guid }, 'mail was not delivered; it is tried again');
    return 'passing';
  }
}

async function isThere(mailbox: ReturnType<TransportContext['organization']['mailboxes']['of']>, messageId: string): Promise<boolean> {
  const inbox = await mailbox.folders.distinguished('inbox');
  const { entries } = await mailbox.items.find(inbox.id, { limit: 1, restriction: { type: 'IsEqualTo', key: 'message:InternetMessageId', to: { constant: messageId } } });
  return entries.length > 0;
}

async function sendElsewhere(context: TransportContext, outbound: Outbound, message: QueuedMessage, { hop, domain, isOofSuppressed, recipients }: RemoteGroup, signal: AbortSignal): Promise<Attempt> {
  const { log, serverName, organization } = context;
  const original = ({ address, original: first }: QueuedRecipient): string => first ?? address;
  const hosts = await hostsOf(hop, domain, outbound.resolveMx).catch((error: unknown) => errorText(error));
  if (hosts === 'null-mx') return { waiting: [], undelivered: recipients.map((recipient) => ({ address: original(recipient), why: deliveryStatuses.nullMx })) };
  if (typeof hosts === 'string') return { waiting: recipients.map((recipient) => ({ ...recipient, lastError: `451 4.4.0 DNS query failed: ${hosts}` })), undelivered: [] };
  const certificate = await outbound.certificateOf(hop.certificateName);
  let left: readonly QueuedRecipient[] = recipients;
  const undelivered: Undelivered[] = [];
  let last = '';
  for (const host of hosts) {
    if (left.length === 0 || signal.aborted) break;
    const outcome = await sendBySmtp({
      dial: outbound.dial,
      hop,
      host,
      ehloName: hop.ehloName ?? serverName,
      ...(outbound.ca === undefined ? {} : { ca: outbound.ca }),
      ...(certificate === undefined ? {} : { certificate }),
      sender: message.sender,
      recipients: left.map(({ address }) => address),
      content: await contentFor(organization.transportQueue.content(message.number), hop, isOofSuppressed),
      size: message.size,
      signal,
    });
    const accepted = new Set(outcome.accepted.map(addressKey));
    const before = left;
    left = [];
    for (const recipient of before) {
      if (accepted.has(addressKey(recipient.address))) continue;
      const refusal = outcome.refused.get(recipient.address) ?? { code: 0, text: 'no answer' };
      last = refusal.text;
      const permanent = refusal.code >= 500;
      if (permanent) undelivered.push({ address: original(recipient), why: statusOf(refusal), diagnostic: refusal.text });
      else left = [...left, { ...recipient, lastError: refusal.text }];
    }
    log.info({ message: message.number, connector: hop.connector, host, accepted: outcome.accepted.length, refused: outcome.refused.size, ...(outcome.refused.size === 0 ? {} : { answer: last }) }, 'mail sent on');
  }
  return { waiting: left, undelivered };
}

async function contentFor(content: AsyncIterable<Uint8Array>, hop: NextHop, isOofSuppressed: boolean): Promise<AsyncIterable<Uint8Array>> {
  const { fields: all, rest } = await splitHead(content);
  const fields = isOofSuppressed ? [...all, 'X-Auto-Response-Suppress: OOF'] : all;
  return joinMessage(hop.isCrossPremises ? toCrossPremises(fields) : withoutInternalFields(fields), rest);
}

/** What the other side said, taken apart. */
function statusOf({ code, text }: { code: number; text: string }): { code: number; status: string; text: string } {
  const [, enhanced = '5.0.0', rest = text] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3}) (.*)$/s.exec(text) ?? [];
  return { code, status: enhanced, text: rest };
}
