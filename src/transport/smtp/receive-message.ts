import { TransportError } from '../transport-error.ts';
import type { QueuedMessage, QueuedRecipient } from '../../organization/index.ts';
import { deliveryStatuses } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';
import type { TransportContext } from '../submission.ts';
import { fieldName, fieldValue, fromCrossPremises, joinMessage, splitHead, withoutInternalFields } from './message-head.ts';
import type { SenderTrust } from './sender-trust.ts';

export interface IncomingMessage {
  sender: string;
  recipients: readonly QueuedRecipient[];
  trust: SenderTrust;
  /** For the Received field: what the client calls itself, and where it is. */
  client: { name: string; address: string; protocol: string; cipher?: string };
  content: AsyncIterable<Uint8Array>;
  maximumBytes: number;
  maximumHops: number;
}

type Refusal = { refused: DeliveryStatus };

/** Takes a message into the queue: once this has given it back, it is kept. Or says why it is refused. */
export async function receiveMessage(context: TransportContext, incoming: IncomingMessage): Promise<QueuedMessage | Refusal> {
  const { organization, serverName, clock } = context;
  const { trust, client } = incoming;
  let refused: DeliveryStatus | undefined;
  try {
    const { fields, rest } = await splitHead(checked(incoming.content, incoming.maximumBytes));
    if (fields.filter((field) => fieldName(field) === 'received').length >= incoming.maximumHops) refused = deliveryStatuses.loop;
    else {
      const kept = trust.isCrossPremises ? fromCrossPremises(fields) : withoutInternalFields(fields);
      const isInternal = trust.isInternal || (trust.isCrossPremises && fieldValue(kept, 'x-ms-exchange-organization-authas')?.toLowerCase() === 'internal');
      const own = [
        receivedField(client, serverName, clock.now()),
        ...(trust.isCrossPremises ? [] : [`X-MS-Exchange-Organization-AuthSource: ${serverName}`, `X-MS-Exchange-Organization-AuthAs: ${isInternal ? 'Internal' : 'Anonymous'}`]),
      ];
      const messageId = fieldValue(fields, 'message-id');
      const subject = fieldValue(fields, 'subject');
      const message = { sender: incoming.sender, recipients: incoming.recipients, isInternal, ...(messageId === undefined ? {} : { messageId }), ...(subject === undefined ? {} : { subject: subject.slice(0, 500) }) };
      return await organization.transportQueue.add(message, joinMessage([...own, ...kept.filter((field) => fieldName(field) !== 'return-path')], rest));
    }
  } catch (error) {
    if (error instanceof Refused) refused = error.status;
    else if (error instanceof TransportError && error.code === 'TRANSPORT_HEAD_TOO_LARGE') refused = deliveryStatuses.headTooLarge;
    else throw error;
  }
  return { refused };
}

class Refused extends TransportError {
  readonly status: DeliveryStatus;

  constructor(status: DeliveryStatus) {
    super('TRANSPORT_REFUSED', status.text);
    this.status = status;
  }
}

/**
 * Bytes of a message as they come, as long as they may: within the limit, and with no line end but CRLF. A bare line feed
 * is where one server sees the end of a message and another does not, which lets strangers speak with the first one's
 * voice (SMTP smuggling).
 */
async function* checked(content: AsyncIterable<Uint8Array>, maximumBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  let isAfterReturn = false;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > maximumBytes) throw new Refused(deliveryStatuses.tooLarge);
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) {
      if (at === 0 ? !isAfterReturn : chunk[at - 1] !== 0x0d) throw new Refused(deliveryStatuses.bareLineFeeds);
    }
    for (let at = chunk.indexOf(0x0d); at !== -1 && at < chunk.length - 1; at = chunk.indexOf(0x0d, at + 1)) {
      if (chunk[at + 1] !== 0x0a) throw new Refused(deliveryStatuses.bareLineFeeds);
    }
    if (isAfterReturn && chunk.length > 0 && chunk[0] !== 0x0a) throw new Refused(deliveryStatuses.bareLineFeeds);
    if (chunk.length > 0) isAfterReturn = chunk.at(-1) === 0x0d;
    yield chunk;
  }
}

/** RFC 5321 §4.4. */
function receivedField({ name, address, protocol, cipher }: IncomingMessage['client'], serverName: string, now: number): string {
  const clean = (text: string): string => text.replace(/[^\x21-\x7e]+/g, '').slice(0, 255);
  const when = new Date(now).toUTCString().replace('GMT', '+0000');
  return `Received: from ${clean(name)} (${clean(address)})\r\n by ${serverName} with ${clean(protocol)}${cipher === undefined ? '' : `\r\n (${clean(cipher)})`}; ${when}`;
}
