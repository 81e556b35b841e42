import type { Mailbox, MailboxEventType } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { messagesNamespace } from '../../codec/namespaces.ts';
import { booleanAttribute, decodeFolderReferences } from '../../codec/references.ts';
import { readEnumeration, readInteger, readList, readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import { streamingLifetimeMs } from '../notifications/subscriptions.ts';

const eventTypes = ['CopiedEvent', 'CreatedEvent', 'DeletedEvent', 'ModifiedEvent', 'MovedEvent', 'NewMailEvent', 'FreeBusyChangedEvent'] as const;
const folderMembers = [{ name: 'FolderIds', optional: true }, { name: 'EventTypes' }] as const;

/**
 * Subscribe ([MS-OXWSNTIF] §3.1.4.4) to pull and streaming notifications of folders of one mailbox, or of all folders of
 * the caller's own. Push subscriptions are refused: the organisation calls nobody back.
 */
export const subscribeOperation: MailboxOperation = {
  name: 'Subscribe',
  plan(element, session) {
    const [request, second] = element.children;
    if (request === undefined || second !== undefined || request.namespace !== messagesNamespace) throw schemaViolation(element, "The element 'Subscribe' takes one of 'PullSubscriptionRequest, PushSubscriptionRequest, StreamingSubscriptionRequest'.");
    if (request.local === 'PushSubscriptionRequest') return [() => Promise.reject(pushRefused())];
    if (request.local !== 'PullSubscriptionRequest' && request.local !== 'StreamingSubscriptionRequest') throw schemaViolation(request, `The element '${request.local}' is not expected. List of possible elements expected: 'PullSubscriptionRequest, PushSubscriptionRequest, StreamingSubscriptionRequest'.`);
    const isPull = request.local === 'PullSubscriptionRequest';
    const parts = readSequence(request, isPull ? [...folderMembers, { name: 'Watermark', optional: true }, { name: 'Timeout' }] : folderMembers);
    const types = new Set(readList(required(request, parts['EventTypes'], 'EventTypes'), { name: 'EventType' }).map(eventTypeOf));
    if (types.size === 0) throw schemaViolation(request, "The element 'EventTypes' has incomplete content. List of possible elements expected: 'EventType'.");
    const references = parts['FolderIds'] === undefined ? undefined : decodeFolderReferences(parts['FolderIds']);
    const isForAll = booleanAttribute(request, 'SubscribeToAllFolders', false);
    const minutes = isPull ? readInteger(required(request, parts['Timeout'], 'Timeout'), 1, 1_440) : undefined;
    const since = parts['Watermark']?.text.trim() || undefined;
    return [
      async () => {
        if (isForAll === (references !== undefined)) throw new EwsFault('ErrorInvalidSubscriptionRequest', 'A subscription names folders, or is for all folders, not both and not neither.');
        const { mailbox, folders } = references === undefined ? { mailbox: session.own(), folders: 'all' as const } : await readableFolders(session, references);
        if (since !== undefined) mailbox.events.since(since, 1);
        const watermark = since ?? mailbox.events.watermark();
        const subscription = session.notifications.subscriptions.add({
          kind: isPull ? 'pull' : 'streaming',
          subscriber: session.actor.guid,
          mailbox,
          folders,
          eventTypes: types,
          lifetimeMs: minutes === undefined ? streamingLifetimeMs : minutes * 60_000,
          watermark,
        });
        return (writer) => {
          writer.element('m:SubscriptionId', subscription.id);
          if (isPull) writer.element('m:Watermark', watermark);
        };
      },
    ];
  },
};

async function readableFolders(session: MailboxSession, references: ReturnType<typeof decodeFolderReferences>): Promise<{ mailbox: Mailbox; folders: ReadonlySet<string> }> {
  const found = [];
  for (const reference of references) found.push(await session.folder(reference, 'read'));
  const [first, ...others] = found;
  if (first === undefined || others.some(({ mailbox }) => mailbox.guid !== first.mailbox.guid)) {
    throw new EwsFault('ErrorInvalidSubscriptionRequest', 'The folders of one subscription have to be of one mailbox: subscribe to each mailbox on its own.');
  }
  return { mailbox: first.mailbox, folders: new Set(found.map(({ folder }) => folder.id)) };
}

function eventTypeOf(element: XmlElement): MailboxEventType {
  return readEnumeration(element, eventTypes, 'NotificationEventTypeType').slice(0, -'Event'.length) as MailboxEventType;
}

/** Which code Exchange would choose is *unverified*: it takes push subscriptions. */
function pushRefused(): EwsFault {
  return new EwsFault('ErrorInvalidSubscriptionRequest', 'Push subscriptions are not offered. Use streaming notifications (GetStreamingEvents) or pull notifications (GetEvents).');
}
