import { isSeries } from '../../../organization/index.ts';
import type { CalendarItem } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { decodeItemUpdate } from '../../codec/items/decode-item-update.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { decodeItemReference, decodeTargetFolder, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import { readMimeIntoChanges } from '../mailbox/item-mime.ts';
import { itemChangesOf } from '../mailbox/item-changes.ts';
import type { MailboxOperation, MessageTask } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import { meetingSender } from '../mailbox/meeting-messages.ts';
import { isOrganizersMeeting } from '../mailbox/meeting-state.ts';
import { updateAttendees } from '../mailbox/update-attendees.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { sendStored } from '../mailbox/send-stored.ts';
import { updateOccurrence } from '../mailbox/update-occurrence.ts';

const resolutions = ['NeverOverwrite', 'AutoResolve', 'AlwaysOverwrite'] as const;
const dispositions = ['SaveOnly', 'SendOnly', 'SendAndSaveCopy', 'unset'] as const;
const operations = ['SendToNone', 'SendOnlyToAll', 'SendOnlyToChanged', 'SendToAllAndSaveCopy', 'SendToChangedAndSaveCopy', 'unset'] as const;

/** UpdateItem ([MS-OXWSCORE] §3.1.4.9). */
export const updateItemOperation: MailboxOperation = {
  name: 'UpdateItem',
  emptyOnError: ['Items'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('SavedItemFolderId?', 'ItemChanges'));
    const settings = {
      conflictResolution: enumeratedAttribute(element, 'ConflictResolution', resolutions),
      disposition: enumeratedAttribute(element, 'MessageDisposition', dispositions, 'unset'),
      invitations: enumeratedAttribute(element, 'SendMeetingInvitationsOrCancellations', operations, 'unset'),
      ...(parts['SavedItemFolderId'] === undefined ? {} : { saveTo: decodeTargetFolder(parts['SavedItemFolderId']) }),
    };
    return readList(required(element, parts['ItemChanges'], 'ItemChanges'), { name: 'ItemChange' }).map((change) => taskFor(change, session, settings));
  },
};

interface UpdateSettings {
  conflictResolution: (typeof resolutions)[number];
  disposition: (typeof dispositions)[number];
  invitations: (typeof operations)[number];
  saveTo?: ReturnType<typeof decodeTargetFolder>;
}

function taskFor(change: XmlElement, session: MailboxSession, settings: UpdateSettings): MessageTask {
  const [named, updates, ...rest] = change.children;
  if (named === undefined || updates?.local !== 'Updates' || rest.length > 0) throw schemaViolation(change, "The element 'ItemChange' has incomplete content.");
  const reference = decodeItemReference(named);
  const decoded = updates.children.map((update) => decodeItemUpdate(update, session.zone));
  return async () => {
    const { mailbox, item, occurrence } = await resolveItem(session, reference, 'edit');
    const isCalendarItem = item.itemClass.toLowerCase().startsWith('ipm.appointment');
    if (isCalendarItem && settings.invitations === 'unset') throw new EwsFault('ErrorSendMeetingInvitationsOrCancellationsRequired', 'SendMeetingInvitationsOrCancellations attribute is required for calendar items.');
    const { changeKey } = reference;
    const options = { conflictResolution: settings.conflictResolution, ...(changeKey === undefined || occurrence !== undefined ? {} : { changeKey }) };
    const shown = occurrence === undefined || item.calendar === undefined ? item : { ...item, calendar: { ...withoutSeries(item.calendar), start: occurrence.start, end: occurrence.end, isAllDay: occurrence.isAllDay } };
    const changes = await readMimeIntoChanges(itemChangesOf(decoded, shown, session), item, session.itemZone.timeZone);
    const isTold = isCalendarItem && settings.invitations !== 'SendToNone';
    // Who may not speak for the organiser changes nothing first.
    if (isTold && !session.isOwner(mailbox) && (await isOrganizersMeeting(session, mailbox, item))) await meetingSender(session, mailbox);
    const updated = occurrence === undefined ? await mailbox.items.update(item.id, changes, options) : await updateOccurrence(mailbox, item, occurrence, changes);
    if (isTold && (await isOrganizersMeeting(session, mailbox, updated))) {
      await updateAttendees(session, mailbox, { before: item, after: updated, ...(occurrence === undefined ? {} : { occurrence }) }, settings.invitations);
    }
    if (!isCalendarItem && (settings.disposition === 'SendOnly' || settings.disposition === 'SendAndSaveCopy')) {
      await sendStored(session, mailbox, updated, settings.disposition === 'SendOnly' ? undefined : (settings.saveTo ?? { distinguished: 'sentitems' }));
      return content(() => undefined);
    }
    const found = occurrence === undefined || updated.calendar === undefined || !isSeries(updated.calendar) ? { mailbox, item: updated } : await resolveItem(session, reference, 'edit');
    return content(await createItemWriter(session, idOnly, false).prepare(found));
  };
}

/** The item's new id and key, and that nothing of it was resolved by the server alone. */
function content(write: Awaited<ReturnType<MessageTask>>): Awaited<ReturnType<MessageTask>> {
  return (writer) => {
    writer.open('m:Items');
    write(writer);
    writer.close();
    writer.open('m:ConflictResults');
    writer.element('t:Count', 0);
    writer.close();
  };
}

/** One happening is no series. */
function withoutSeries({ recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single }: CalendarItem): CalendarItem {
  return single;
}
