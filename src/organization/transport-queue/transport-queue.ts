import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import type { MimeSource } from '../mailboxes/item.ts';
import type { TransportMessageTable, TransportSchema } from './transport-queue-schema.ts';

/** Where a recipient's mail goes next, as Get-Queue tells it. */
export interface QueuedHop {
  deliveryType: 'SmartHostConnectorDelivery' | 'DnsConnectorDelivery' | 'SmtpDeliveryToMailbox';
  /** Smart hosts, the domain, or this server. */
  domain: string;
  connector: string;
  tlsDomain?: string;
}

/** Somebody whom a queued message has yet to reach. */
export interface QueuedRecipient {
  /** Where it goes: RCPT TO. */
  address: string;
  /** The address that the sender wrote, for reports; absent where it is the same. */
  original?: string;
  /** It came through a group whose senders do not hear who of it is away. */
  isOofSuppressed?: boolean;
  /** What the last attempt came to. */
  lastError?: string;
  /** Absent as long as nobody has looked. */
  nextHop?: QueuedHop;
}

/** The envelope of a message, and what is known of its way so far. */
export interface NewQueuedMessage {
  /** MAIL FROM; empty for reports, which nobody reports on. */
  sender: string;
  recipients: readonly QueuedRecipient[];
  /** From inside the hybrid: signed in here, or over a connector that says so. */
  isInternal: boolean;
  messageId?: string;
  subject?: string;
}

export interface QueuedMessage extends NewQueuedMessage {
  number: number;
  /** Epoch milliseconds. */
  queuedAt: number;
  nextAttemptAt: number;
  attempts: number;
  /** Bytes. */
  size: number;
  /** Epoch milliseconds; absent before the first attempt. */
  lastAttemptAt?: number;
  /** Addresses of recipients that an administrator has taken off, whose sender is to hear of it. */
  removed?: readonly string[];
}

/** Messages on their way, in the organisation's store: they outlive the process. */
export interface TransportQueue {
  /** Writes a message chunk by chunk, and queues it when it is whole. What a source throws leaves nothing behind. */
  add(message: NewQueuedMessage, content: MimeSource): Promise<QueuedMessage>;
  /** Those whose time has come, the oldest first. */
  due(limit: number, except?: readonly number[]): Promise<readonly QueuedMessage[]>;
  /** When the next one is due; undefined when there is none. */
  nextAt(): Promise<number | undefined>;
  list(limit?: number): Promise<readonly QueuedMessage[]>;
  content(number: number): AsyncIterable<Uint8Array>;
  /** Who is left, and when it is tried again. Who was taken off meanwhile stays off. `reported`: those of `removed` whose sender has heard of it. */
  postpone(number: number, change: { recipients: readonly QueuedRecipient[]; attempts: number; nextAttemptAt: number; reported?: readonly string[] }): Promise<void>;
  /** Makes these, or all of them, due now. Gives their number. */
  retry(numbers?: readonly number[]): Promise<number>;
  /** Takes recipients off a message: with a report to its sender when it is next worked on, or without. A message that is for nobody any more goes. */
  removeRecipients(number: number, addresses: readonly string[], withReport: boolean): Promise<void>;
  remove(number: number): Promise<void>;
  /** Tells that messages were made due. Gives how to stop that. */
  onDue(listener: () => void): () => void;
}

const chunkSize = 256 * 1024;

/** Opens the queue of a store whose migrations have run; what an earlier process left half written is removed. */
export async function openTransportQueue(db: Kysely<TransportSchema>, options: { clock: Clock; shared: boolean }): Promise<TransportQueue> {
  const { clock } = options;
  const remove = async (number: number): Promise<void> => {
    await db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('transport_message').where('number', '=', number).execute();
      await transaction.deleteFrom('transport_chunk').where('message', '=', number).execute();
    });
  };
  if (!options.shared) {
    const abandoned = await db.selectFrom('transport_message').select('number').where('queued_at', 'is', null).execute();
    for (const { number } of abandoned) await remove(number);
  }
  const listeners = new Set<() => void>();
  const retry = async (numbers?: readonly number[]): Promise<number> => {
    let update = db.updateTable('transport_message').set({ next_attempt_at: clock.now() }).where('queued_at', 'is not', null);
    if (numbers !== undefined) update = update.where('number', 'in', [...numbers]);
    const { numUpdatedRows } = await update.executeTakeFirst();
    for (const listener of listeners) listener();
    return Number(numUpdatedRows);
  };
  const queued = () => db.selectFrom('transport_message').selectAll().where('queued_at', 'is not', null);
  return {
    remove,
    async add(message, content) {
      const envelope = JSON.stringify(message);
      const { number } = await db.insertInto('transport_message').values({ queued_at: null, next_attempt_at: 0, attempts: 0, size: 0, envelope }).returning('number').executeTakeFirstOrThrow();
      try {
        let [position, size] = [0, 0];
        for await (const data of chunksOf(content)) {
          await db.insertInto('transport_chunk').values({ message: number, position: position++, data }).execute();
          size += data.length;
        }
        const now = clock.now();
        await db.updateTable('transport_message').set({ queued_at: now, next_attempt_at: now, size }).where('number', '=', number).execute();
        return { ...message, number, queuedAt: now, nextAttemptAt: now, attempts: 0, size };
      } catch (error) {
        await remove(number);
        throw error;
      }
    },
    async due(limit, except = []) {
      let select = queued().where('next_attempt_at', '<=', clock.now()).orderBy('next_attempt_at').orderBy('number').limit(limit);
      if (except.length > 0) select = select.where('number', 'not in', [...except]);
      return (await select.execute()).map(messageOfRow);
    },
    async nextAt() {
      const row = await queued().orderBy('next_attempt_at').limit(1).executeTakeFirst();
      return row?.next_attempt_at;
    },
    async list(limit = 1000) {
      return (await queued().orderBy('number').limit(limit).execute()).map(messageOfRow);
    },
    async *content(number) {
      for (let position = 0; ; position++) {
        const row = await db.selectFrom('transport_chunk').select('data').where('message', '=', number).where('position', '=', position).executeTakeFirst();
        if (row === undefined) return;
        yield row.data;
      }
    },
    async postpone(number, { recipients, attempts, nextAttemptAt, reported = [] }) {
      const row = await db.selectFrom('transport_message').select('envelope').where('number', '=', number).executeTakeFirst();
      if (row === undefined) return;
      const { removed: former = [], ...before } = JSON.parse(row.envelope) as QueuedMessage;
      const addressed = ({ address, original }: QueuedRecipient): string => original ?? address;
      const present = new Set(before.recipients.map(addressed));
      const left = recipients.filter((recipient) => present.has(addressed(recipient)));
      const removed = former.filter((address) => !reported.includes(address));
      if (left.length === 0 && removed.length === 0) {
        await remove(number);
        return;
      }
      const envelope = JSON.stringify({ ...before, recipients: left, ...(removed.length === 0 ? {} : { removed }), lastAttemptAt: clock.now() });
      await db.updateTable('transport_message').set({ envelope, attempts, next_attempt_at: removed.length === 0 ? nextAttemptAt : clock.now() }).where('number', '=', number).execute();
    },
    retry,
    async removeRecipients(number, addresses, withReport) {
      const row = await db.selectFrom('transport_message').select('envelope').where('number', '=', number).executeTakeFirst();
      if (row === undefined) return;
      const envelope = JSON.parse(row.envelope) as QueuedMessage;
      const recipients = envelope.recipients.filter(({ address }) => !addresses.includes(address));
      if (recipients.length === 0 && !withReport) {
        await remove(number);
        return;
      }
      const removed = withReport ? { removed: [...(envelope.removed ?? []), ...envelope.recipients.filter(({ address }) => addresses.includes(address)).map(({ address, original }) => original ?? address)] } : {};
      await db.updateTable('transport_message').set({ envelope: JSON.stringify({ ...envelope, recipients, ...removed }) }).where('number', '=', number).execute();
      if (withReport) await retry([number]);
    },
    onDue(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function messageOfRow({ number, queued_at: queuedAt, next_attempt_at: nextAttemptAt, attempts, size, envelope }: Selectable<TransportMessageTable>): QueuedMessage {
  return { ...(JSON.parse(envelope) as QueuedMessage), number, queuedAt: queuedAt ?? 0, nextAttemptAt, attempts, size };
}

async function* chunksOf(source: MimeSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length; at += chunkSize) yield source.subarray(at, at + chunkSize);
    return;
  }
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    waiting.push(piece);
    size += piece.length;
    if (size < chunkSize) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}
