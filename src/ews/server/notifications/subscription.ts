import type { Mailbox, MailboxEvent, MailboxEventType } from '../../../organization/index.ts';

/** Why a streaming subscription ended while a connection was open on it ([MS-OXWSCDATA] ResponseCodeType). */
export type SubscriptionEnd = 'ErrorAccessDenied' | 'ErrorMissedNotificationEvents' | 'ErrorNewEventStreamConnectionOpened' | 'ErrorSubscriptionUnsubsribed';

/** What somebody wants to be told of one mailbox. */
export interface Subscription {
  readonly id: string;
  readonly kind: 'pull' | 'streaming';
  /** Guid of whoever subscribed. */
  readonly subscriber: string;
  readonly mailbox: Mailbox;
  readonly folders: ReadonlySet<string> | 'all';
  readonly eventTypes: ReadonlySet<MailboxEventType>;
  /** Milliseconds without a question after which it is forgotten. */
  readonly lifetimeMs: number;
  expiresAt: number;
  /** Of a streaming one: what has been told. A connection that comes back goes on from here. */
  watermark: string;
  /** Of a streaming one: ends it at the connection that is open on it. */
  detach?: (end: SubscriptionEnd) => void;
}

export interface EventBatch {
  events: readonly MailboxEvent[];
  /** Where to go on; the given one when nothing has happened at all. */
  watermark: string;
  more: boolean;
}

/** Events read from the mailbox's history at once; those that nobody wants are passed over. */
const readAtOnce = 256;

/**
 * What has happened since a watermark, as far as it is subscribed to and its folders may still be read.
 *
 * @throws OrganizationError `ORGANIZATION_WATERMARK`
 * @returns undefined when the subscriber may read none of the folders any more
 */
export async function eventsOf(subscription: Subscription, since: string, max: number): Promise<EventBatch | undefined> {
  const folders = await readableFolders(subscription);
  if (folders !== 'all' && folders.size === 0) return undefined;
  const events: MailboxEvent[] = [];
  let watermark = since;
  for (;;) {
    const read = subscription.mailbox.events.since(watermark, readAtOnce);
    for (const event of read.events) {
      if (events.length === max) return { events, watermark, more: true };
      watermark = event.watermark;
      if (subscription.eventTypes.has(event.type) && isIn(folders, event)) events.push(event);
    }
    if (!read.more) return { events, watermark, more: false };
  }
}

function isIn(folders: ReadonlySet<string> | 'all', event: MailboxEvent): boolean {
  if (folders === 'all') return true;
  return [event.parentFolderId, event.oldParentFolderId, event.folderId, event.oldFolderId].some((id) => id !== undefined && folders.has(id));
}

/** The owner's folders need no question. Others' rights may have been taken since. */
async function readableFolders({ mailbox, subscriber, folders }: Subscription): Promise<ReadonlySet<string> | 'all'> {
  if (mailbox.guid === subscriber || folders === 'all') return folders;
  const readable = new Set<string>();
  for (const id of folders) {
    const rights = await mailbox.folders.rights(id, subscriber).catch(() => undefined);
    if (rights?.readItems === 'FullDetails') readable.add(id);
  }
  return readable;
}
