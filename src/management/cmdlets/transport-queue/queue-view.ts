import { createHash } from 'node:crypto';
import type { QueuedHop, QueuedMessage, QueuedRecipient } from '../../../organization/index.ts';
import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectNotFound, serverNouns } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';

/** A message as far as it is in one queue: for the recipients that have the same next hop. */
export interface MessageInQueue {
  identity: string;
  message: QueuedMessage;
  recipients: readonly QueuedRecipient[];
}

/** Messages with one next hop. What nobody has looked at yet is in `Submission`. */
export interface Queue {
  identity: string;
  hop: QueuedHop | undefined;
  messages: readonly MessageInQueue[];
}

export const serverParameter = { type: 'string', pipelineOf: serverNouns, description: 'Only this server; there is one.' } as const;
export const filterParameter = { type: 'string', description: 'Only what fits, by the properties that are shown: "Status -eq \'Retry\'".' } as const;

const most = 100_000;

/** The queues that there are now. */
export async function queuesOf(context: ExchangeContext): Promise<readonly Queue[]> {
  const { organization } = context;
  const server = await ownName(context);
  const queues = new Map<string, Queue & { messages: MessageInQueue[] }>();
  for (const message of await organization.transportQueue.list(most)) {
    const perQueue = new Map<string, { hop: QueuedHop | undefined; recipients: QueuedRecipient[] }>();
    for (const recipient of message.recipients) {
      const name = queueName(recipient.nextHop);
      const part = perQueue.get(name) ?? { hop: recipient.nextHop, recipients: [] };
      part.recipients.push(recipient);
      perQueue.set(name, part);
    }
    for (const [name, { hop, recipients }] of perQueue) {
      const identity = `${server}\\${name}`;
      const queue = queues.get(identity) ?? { identity, hop, messages: [] };
      queue.messages.push({ identity: `${identity}\\${message.number}`, message, recipients });
      queues.set(identity, queue);
    }
  }
  return [...queues.values()];
}

/** As Get-ExchangeServer names the server that answers; its host name where there is no such object. */
async function ownName({ organization: { configuration }, serverName }: ExchangeContext): Promise<string> {
  const own = (await configuration.list('ExchangeServer')).find(({ properties }) => properties.Fqdn.toLowerCase() === serverName.toLowerCase());
  return own?.name ?? serverName.split('.')[0] ?? serverName;
}

/** A queue's number stays the same for one next hop, so that it can be typed again. */
function queueName(hop: QueuedHop | undefined): string {
  if (hop === undefined) return 'Submission';
  return String(createHash('sha256').update(`${hop.deliveryType} ${hop.connector} ${hop.domain}`).digest().readUInt16BE(0) + 1);
}

/** Queues or messages by identity (with or without the server, with wild cards), filter and server. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function chosen<One extends { identity: string }>(context: ExchangeContext, all: readonly One[], { identity, filter, server }: { identity?: string | undefined; filter?: string | undefined; server?: string | undefined }, output: (one: One) => OutputObject): Promise<readonly One[]> {
  const own = await ownName(context);
  if (server !== undefined && ![own, context.serverName.split('.')[0], context.serverName].some((name) => name?.toLowerCase() === server.toLowerCase())) throw objectNotFound(context, server);
  if (identity !== undefined && filter !== undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters: -Identity and -Filter exclude one another.');
  if (filter !== undefined) {
    const fits = readRecipientFilter(filter);
    return all.filter((one) => fits(output(one)));
  }
  if (identity === undefined) return all;
  const fits = hasWildCard(identity) ? wildCardMatcher(identity) : (text: string): boolean => text.toLowerCase() === identity.toLowerCase();
  const found = all.filter((one) => fits(one.identity) || fits(one.identity.slice(own.length + 1)) || fits(one.identity.slice(one.identity.lastIndexOf('\\') + 1)));
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

const instant = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
const hasFailed = ({ message }: MessageInQueue): boolean => message.attempts > 0;
const errorOf = ({ recipients }: MessageInQueue): string | undefined => recipients.find(({ lastError }) => lastError !== undefined)?.lastError;

export function queueOutput({ identity, hop, messages }: Queue): OutputObject {
  const waiting = messages.filter(hasFailed);
  const latest = waiting.toSorted((a, b) => (b.message.lastAttemptAt ?? 0) - (a.message.lastAttemptAt ?? 0))[0];
  return {
    Identity: identity,
    DeliveryType: hop?.deliveryType ?? 'Undefined',
    NextHopDomain: hop?.domain ?? 'Submission',
    NextHopConnector: hop?.connector ?? null,
    NextHopCategory: hop === undefined || hop.deliveryType === 'SmtpDeliveryToMailbox' ? 'Internal' : 'External',
    TlsDomain: hop?.tlsDomain ?? null,
    Status: waiting.length === messages.length ? 'Retry' : 'Active',
    MessageCount: messages.length,
    DeferredMessageCount: waiting.length,
    RetryCount: Math.max(0, ...messages.map(({ message }) => message.attempts)),
    LastError: latest === undefined ? null : (errorOf(latest) ?? null),
    LastRetryTime: instant(latest?.message.lastAttemptAt),
    NextRetryTime: waiting.length === 0 ? null : instant(Math.min(...waiting.map(({ message }) => message.nextAttemptAt))),
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}

/** How long mail is tried before it goes back: see docs/mail-flow.md. */
const expiresMs = 2 * 86_400_000;

export function messageOutput(withRecipients: boolean): (one: MessageInQueue) => OutputObject {
  return (one) => {
    const { identity, message, recipients } = one;
    return {
      Identity: identity,
      Subject: message.subject ?? '',
      InternetMessageId: message.messageId ?? null,
      FromAddress: message.sender === '' ? '<>' : message.sender,
      Status: hasFailed(one) ? 'Retry' : 'Active',
      Size: byteQuantity(message.size),
      SCL: message.isInternal ? -1 : null,
      DateReceived: instant(message.queuedAt),
      ExpirationTime: instant(message.queuedAt + expiresMs),
      LastError: errorOf(one) ?? null,
      RetryCount: message.attempts,
      Queue: identity.slice(0, identity.lastIndexOf('\\')),
      ...(withRecipients ? { Recipients: recipients.map(({ address, lastError }) => `${address};${hasFailed(one) ? 'Retry' : 'Ready'};${lastError ?? ''}`) } : {}),
      IsValid: true,
      ObjectState: 'Unchanged',
    };
  };
}

/** A ByteQuantifiedSize, as it is shown. */
function byteQuantity(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const;
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toPrecision(4))} ${units[power]} (${bytes.toLocaleString('en-US')} bytes)`;
}
