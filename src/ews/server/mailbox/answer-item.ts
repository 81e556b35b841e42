import { copyOfAttachments, copyOfItem, isSeries } from '../../../organization/index.ts';
import type { CalendarItem, EmailAddress, FreeBusyStatus, Item, Mailbox, ModifiedOccurrence, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../../../organization/index.ts';
import { escapeXmlText } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { Body } from '../../codec/items/body-kind.ts';
import { convertBody } from '../../codec/items/convert-body.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import type { DecodedResponse } from '../../codec/items/response-objects.ts';
import type { CreateSettings } from '../operations/create-item.ts';
import { addressOf, carriedKeys, changeHappening, entriesOfMeeting, happeningOf, meetingInCalendar, withoutHappening } from '../../../transport/index.ts';
import type { MeetingAnswer } from '../../../transport/index.ts';
import { createItemWriter } from './item-source.ts';
import { itemsContent } from './items-content.ts';
import type { MessageTask, WriteContent } from './mailbox-operation.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { answerMeeting, cancelMeeting } from './meeting-messages.ts';
import { isOrganizersMeeting } from './meeting-state.ts';
import { resolveItem } from './resolve-item.ts';
import type { Occurrence, ResolvedItem } from './resolve-item.ts';
import { sendStored } from './send-stored.ts';
import { organizes } from './calendar-values.ts';
import { asText } from './as-text.ts';

const meetingAnswers: Readonly<Record<string, MeetingAnswer>> = { AcceptItem: 'Accept', TentativelyAcceptItem: 'Tentative', DeclineItem: 'Decline' };

/** The published codes of what cannot be answered: no meeting, one that was cancelled, one's own. */
const refusals = {
  Accept: { notMeeting: 'ErrorInvalidItemForOperationAcceptItem', cancelled: 'ErrorCalendarIsCancelledForAccept', organizers: 'ErrorCalendarIsOrganizerForAccept' },
  Tentative: { notMeeting: 'ErrorInvalidItemForOperationTentative', cancelled: 'ErrorCalendarIsCancelledForTentative', organizers: 'ErrorCalendarIsOrganizerForTentative' },
  Decline: { notMeeting: 'ErrorInvalidItemForOperationDeclineItem', cancelled: 'ErrorCalendarIsCancelledForDecline', organizers: 'ErrorCalendarIsOrganizerForDecline' },
} as const;

/** Carries out a response object: a reply or forward, an answer to a meeting, a cancellation, or the removal of a cancelled meeting. */
export async function answerItem(session: MailboxSession, response: DecodedResponse, settings: CreateSettings): ReturnType<MessageTask> {
  const { name } = response;
  const resolved = await resolveItem(session, response.reference, 'read');
  const { mailbox, item } = resolved;
  const { changeKey } = response.reference;
  if (changeKey !== undefined && resolved.occurrence === undefined && changeKey !== item.changeKey) {
    throw new EwsFault('ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.');
  }
  const answer = meetingAnswers[name];
  if (answer !== undefined) return answerInvitation(session, resolved, answer, response, settings);
  if (name === 'CancelCalendarItem') {
    await session.allow(mailbox, item.folderId, 'delete');
    if (!(await isOrganizersMeeting(session, mailbox, item))) throw new EwsFault('ErrorCalendarIsNotOrganizer', 'The operation can only be performed by the organizer of a meeting.');
    const { occurrence } = resolved;
    await cancelMeeting(session, mailbox, item, { saveCopy: settings.disposition === 'SendAndSaveCopy', ...(response.newBody === undefined ? {} : { body: response.newBody }), ...(occurrence === undefined ? {} : { occurrence }) });
    if (occurrence === undefined) await mailbox.items.delete(item.id, 'MoveToDeletedItems');
    else await mailbox.items.change(item.id, (present) => withoutHappening(present, occurrence.originalStart));
    return itemsContent([]);
  }
  if (name === 'RemoveItem') return removeMeeting(session, mailbox, item);
  // There are no read receipts here that could be suppressed.
  if (name === 'SuppressReadReceipt') return itemsContent([]);
  const owner = session.isOwner(mailbox) ? session.actor : undefined;
  if (owner === undefined) throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  const isForwardedMeeting = name === 'ForwardItem' && item.calendar?.isMeeting === true && /^ipm\.(?:appointment|schedule\.meeting\.request)/i.test(item.itemClass);
  const reply = await replyTo(session, mailbox, item, response);
  return sendOrSave(session, isForwardedMeeting ? forwardedRequest(reply, item, session.services.clock.now()) : reply, settings);
}

async function answerInvitation(session: MailboxSession, { mailbox, item, occurrence }: ResolvedItem, answer: MeetingAnswer, response: DecodedResponse, settings: CreateSettings): Promise<WriteContent> {
  const { calendar } = item;
  const { notMeeting, cancelled, organizers } = refusals[answer];
  if (calendar === undefined || item.itemClass.toLowerCase().startsWith('ipm.schedule.meeting.resp')) throw new EwsFault(notMeeting, 'Cannot answer the item: it is no meeting request.');
  if (item.properties['calendar:IsCancelled'] === true) throw new EwsFault(cancelled, 'A meeting that was cancelled cannot be answered.');
  await session.allow(mailbox, item.folderId, 'edit');
  const isAppointment = item.itemClass.toLowerCase().startsWith('ipm.appointment');
  // An appointment of one's own has no other organiser, either.
  const isOwn = isAppointment ? organizes(item.properties, calendar, await session.services.directory.byGuid(mailbox.guid)) : await isOrganizersMeeting(session, mailbox, item);
  if (isOwn) throw new EwsFault(organizers, 'The organizer of a meeting cannot answer it.');
  const principal = await representedPerson(session, mailbox, item);
  const owner = principal ?? (await session.services.directory.byGuid(mailbox.guid));
  const answering = principal === undefined ? mailbox : session.services.mailboxes.of(principal.guid);
  const meeting = owner === undefined ? undefined : await meetingInCalendar(session.services.mailboxes, owner, calendar.uid, occurrence?.originalStart ?? item.properties['calendar:RecurrenceId']);
  const body = (response.properties['item:Body'] ?? response.newBody) as Body | undefined;
  const { 'meeting:ProposedStart': proposedStart, 'meeting:ProposedEnd': proposedEnd } = response.properties;
  const proposed = typeof proposedStart === 'number' && typeof proposedEnd === 'number' ? { start: proposedStart, end: proposedEnd } : undefined;
  if (proposed !== undefined && proposed.start >= proposed.end) throw new EwsFault('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate');
  const happening = happeningMeant(item, meeting, occurrence);
  if (settings.disposition !== 'SaveOnly') {
    const bag = happening === undefined ? item.properties : { ...item.properties, 'calendar:RecurrenceId': happening.originalStart };
    const about = happening !== undefined && meeting?.calendar !== undefined ? singleOf(meeting.calendar, happening) : withoutId(principal === undefined ? (meeting?.calendar ?? calendar) : calendar);
    await answerMeeting(session, answering, { bag, calendar: about }, answer, { saveCopy: settings.disposition === 'SendAndSaveCopy', ...(body === undefined ? {} : { body }), ...(proposed === undefined ? {} : { proposed }) });
  }
  const changed = happening !== undefined && meeting !== undefined ? await answerHappening(session, answering, meeting, happening, answer) : answer === 'Decline' ? undefined : await acceptInto(session, { mailbox, answering }, item, meeting, answer);
  if (answer === 'Decline' && meeting !== undefined && happening === undefined) await answering.items.delete(meeting.id, 'MoveToDeletedItems');
  // As Exchange does, the request goes once it is answered.
  if (!isAppointment) await mailbox.items.delete(item.id, 'MoveToDeletedItems');
  return itemsContent(changed === undefined ? [] : [await createItemWriter(session, idOnly, false).prepare({ mailbox: answering, item: changed })]);
}

/** Whom a request was passed on for, to a delegate: a resource (Set-CalendarProcessing -ResourceDelegates), or a person (AddDelegate). */
async function representedPerson(session: MailboxSession, mailbox: Mailbox, { properties }: Item): Promise<Recipient | undefined> {
  const { mail, directory, mailboxes } = session.services;
  const { address } = (properties['message:ReceivedRepresenting'] as EmailAddress | undefined) ?? {};
  const principal = address === undefined ? undefined : await directory.resolve(address);
  if (principal === undefined || principal.guid === mailbox.guid) return undefined;
  if (!(await mail.isDelegateOf(principal, mailbox.guid))) throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  // A person's delegate works in the calendar with the rights it was given there.
  if (principal.recipientTypeDetails === 'UserMailbox') await session.allow(mailboxes.of(principal.guid), (await mailboxes.of(principal.guid).folders.distinguished('calendar')).id, 'edit');
  return principal;
}

/** The one happening of a series in somebody's calendar that an answer is about: the occurrence that was named, or the one that the request is about. */
function happeningMeant(item: Item, meeting: Item | undefined, occurrence: Occurrence | undefined): ModifiedOccurrence | undefined {
  const originalStart = occurrence?.originalStart ?? item.properties['calendar:RecurrenceId'];
  if (typeof originalStart !== 'number' || meeting?.calendar === undefined || !isSeries(meeting.calendar)) return undefined;
  return happeningOf(meeting.calendar, originalStart);
}

async function answerHappening(session: MailboxSession, { items }: Mailbox, meeting: Item, { originalStart }: ModifiedOccurrence, answer: MeetingAnswer): Promise<Item> {
  const own = { 'calendar:MyResponseType': answer, 'calendar:AppointmentReplyTime': session.services.clock.now() };
  return items.change(meeting.id, (present) => {
    if (answer === 'Decline') return withoutHappening(present, originalStart);
    const happening = present.calendar === undefined ? undefined : happeningOf(present.calendar, originalStart);
    return happening === undefined ? undefined : changeHappening(present, { ...happening, freeBusyStatus: answer === 'Tentative' ? 'Tentative' : intendedStatus(meeting) }, own);
  });
}

/** One happening of a series as if it were single. */
function singleOf(calendar: CalendarItem, { originalStart: _original, hasOwnBody: _body, hasAttachments: _attachments, ...happening }: ModifiedOccurrence): NewCalendarItem {
  const { recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single } = withoutId(calendar);
  return { ...single, ...happening };
}

function intendedStatus({ properties }: Item): FreeBusyStatus {
  const intended = asText(properties['meetingRequest:IntendedFreeBusyStatus']) || 'Busy';
  return intended === 'NoData' ? 'Busy' : (intended as FreeBusyStatus);
}

async function acceptInto(session: MailboxSession, { mailbox, answering }: { mailbox: Mailbox; answering: Mailbox }, request: Item, meeting: Item | undefined, answer: 'Accept' | 'Tentative'): Promise<Item> {
  const freeBusyStatus = answer === 'Tentative' ? 'Tentative' : intendedStatus(request);
  const set: PropertyBag = { 'calendar:MyResponseType': answer, 'calendar:AppointmentReplyTime': session.services.clock.now(), 'calendar:LegacyFreeBusyStatus': freeBusyStatus };
  if (meeting !== undefined) return answering.items.update(meeting.id, { set }, { conflictResolution: 'AlwaysOverwrite' });
  const folder = await answering.folders.distinguished('calendar');
  const { properties, ...copy } = await copyOfItem(mailbox, request, set);
  // What a delegate got it for is the message's affair.
  const { 'message:ReceivedRepresenting': _for, 'message:ReceivedBy': _by, 'meeting:IsDelegated': _is, '0x3fe3': _rule, ...kept } = properties ?? {};
  return answering.items.create(folder.id, { ...copy, properties: kept, itemClass: 'IPM.Appointment' });
}

async function removeMeeting(session: MailboxSession, mailbox: Mailbox, item: Item): Promise<WriteContent> {
  await session.allow(mailbox, item.folderId, 'delete');
  const owner = await session.services.directory.byGuid(mailbox.guid);
  const { 'calendar:RecurrenceId': originalStart } = item.properties;
  const entries = owner === undefined || item.calendar === undefined ? [] : await entriesOfMeeting(session.services.mailboxes, owner, item.calendar.uid);
  for (const entry of entries) {
    const { 'calendar:RecurrenceId': only } = entry.properties;
    // A cancellation of one happening has struck that from the series already.
    const isMeant = originalStart === undefined || only === originalStart;
    if (isMeant) await mailbox.items.delete(entry.id, 'MoveToDeletedItems');
  }
  if (!entries.some(({ id }) => id === item.id)) await mailbox.items.delete(item.id, 'MoveToDeletedItems');
  return itemsContent([]);
}

function withoutId<Calendar extends { id: string }>(calendar: Calendar): Omit<Calendar, 'id'> {
  const { id, ...rest } = calendar;
  void id;
  return rest;
}

async function replyTo(session: MailboxSession, mailbox: Mailbox, item: Item, { name, properties, newBody }: DecodedResponse): Promise<NewItem> {
  const original: PropertyBag = { ...item.properties, ...(await mailbox.items.content(item.id)).properties };
  const subject = asText(original['item:Subject']);
  const topic = subject.replace(/^(?:\s*(?:re|fw|fwd)\s*:)+\s*/i, '');
  const isForward = name === 'ForwardItem';
  const own = new Set(session.actor.emailAddresses.map((address) => address.toLowerCase()));
  const others = (key: string): readonly EmailAddress[] => ((original[key] as readonly EmailAddress[] | undefined) ?? []).filter(({ address }) => !own.has(address?.toLowerCase() ?? ''));
  const sender = ((original['message:ReplyTo'] as readonly EmailAddress[] | undefined) ?? [original['message:From'] as EmailAddress | undefined]).filter((person) => person !== undefined);
  const messageId = original['message:InternetMessageId'];
  const people = isForward ? {} : { 'message:ToRecipients': name === 'ReplyAllToItem' ? [...sender, ...others('message:ToRecipients')] : sender, ...(name === 'ReplyAllToItem' ? { 'message:CcRecipients': others('message:CcRecipients') } : {}) };
  const attachments = isForward ? await copyOfAttachments(mailbox, item) : [];
  return {
    itemClass: 'IPM.Note',
    properties: {
      ...people,
      'item:Subject': `${isForward ? 'FW' : 'RE'}: ${topic}`,
      'message:ConversationTopic': topic,
      'item:Body': quoted(newBody, original),
      ...(typeof messageId === 'string' && !isForward ? { 'item:InReplyTo': messageId, 'message:References': [original['message:References'], messageId].filter((part) => typeof part === 'string').join(' ') } : {}),
      ...properties,
    },
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

/** A meeting passed on: a request of its organiser, whom the answer goes to, sent by an attendee ([MS-OXOCAL] 3.1.4.7.3). */
function forwardedRequest(reply: NewItem, { calendar, properties }: Item, now: number): NewItem {
  if (calendar === undefined) return reply;
  const kept = Object.fromEntries(carriedKeys.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));
  const about = Object.fromEntries((['calendar:Organizer', 'calendar:RecurrenceId'] as const).flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));
  return {
    ...reply,
    itemClass: 'IPM.Schedule.Meeting.Request',
    calendar: { ...withoutId(calendar), subject: asText(reply.properties?.['item:Subject']) },
    properties: { ...kept, ...about, ...reply.properties, 'calendar:DateTimeStamp': now, 'meetingRequest:MeetingRequestType': 'NewMeetingRequest', 'meetingRequest:IntendedFreeBusyStatus': properties['meetingRequest:IntendedFreeBusyStatus'] ?? calendar.freeBusyStatus },
  };
}

function quoted(newBody: Body | undefined, original: PropertyBag): Body {
  const old = original['item:Body'] as Body | undefined;
  const from = original['message:From'] as EmailAddress | undefined;
  const head = `From: ${from?.name ?? ''} <${from?.address ?? ''}>`;
  const subject = `Subject: ${asText(original['item:Subject'])}`;
  if (newBody?.type === 'Text') return { type: 'Text', content: `${newBody.content}\r\n\r\n${head}\r\n${subject}\r\n\r\n${old === undefined ? '' : convertBody(old, 'Text').content}` };
  return { type: 'HTML', content: `${newBody?.content ?? ''}<hr><p>${escapeXmlText(head)}<br>${escapeXmlText(subject)}</p>${old === undefined ? '' : convertBody(old, 'HTML').content}` };
}

async function sendOrSave(session: MailboxSession, item: NewItem, settings: CreateSettings): Promise<WriteContent> {
  if (settings.disposition === 'unset') throw new EwsFault('ErrorMessageDispositionRequired', 'MessageDisposition attribute is required for Message items.');
  const isSaved = settings.disposition === 'SaveOnly';
  const drafts = await session.folder((isSaved ? settings.saveTo : undefined) ?? { distinguished: 'drafts' }, 'create');
  const { mailbox } = drafts;
  const draft = await mailbox.items.create(drafts.folder.id, { ...item, properties: { ...item.properties, 'message:From': addressOf(session.actor), 'item:IsDraft': true } });
  if (isSaved) return itemsContent([await createItemWriter(session, idOnly, false).prepare({ mailbox, item: draft })]);
  await sendStored(session, mailbox, draft, settings.disposition === 'SendOnly' ? undefined : (settings.saveTo ?? { distinguished: 'sentitems' }));
  return itemsContent([]);
}
