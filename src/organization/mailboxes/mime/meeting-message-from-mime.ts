import PostalMime from 'postal-mime';
import { readSchedulingMessage } from '../../calendars/icalendar/read-scheduling-message.ts';
import type { NewAttachment, NewItem } from '../item.ts';
import { OrganizationError } from '../../organization-error.ts';
import type { Attendee, EmailAddress, PropertyBag } from '../property.ts';
import type { MessagePart } from './read-message.ts';
import { partsOf, readMessageHead } from './read-message.ts';

/** Of the meeting itself, which many senders attach a second time. */
const calendarTypes = new Set(['text/calendar', 'application/ics']);

/** A meeting message whose calendar part is larger is taken for mail. */
const largestPart = 5_000_000;

export interface MeetingMessageContent extends Pick<NewItem, 'itemClass' | 'calendar' | 'properties' | 'attachments'> {
  /** In whose name a delegate sent it, where its head does not say so: these stand for those of the head. */
  parties?: { 'message:From': EmailAddress; 'message:Sender': EmailAddress };
}

/**
 * What a message says about a meeting ([MS-OXCICAL] 2.1.3.1.1.1): its class, the meeting, its properties, and what else is
 * attached. Undefined for other mail, and for a calendar part that cannot be read: then it is mail with an attachment.
 *
 * @param timeZone of the mailbox
 */
export async function meetingMessageFromMime(mime: Uint8Array, timeZone: string): Promise<MeetingMessageContent | undefined> {
  const email = await PostalMime.parse(mime, { forceRfc822Attachments: true }).catch(() => undefined);
  const parts = email === undefined ? [] : partsOf(email);
  const content = parts.find(({ contentType }) => contentType === 'text/calendar')?.content;
  if (content === undefined || content.length > largestPart) return undefined;
  const attachments = parts.filter(({ contentType }) => !calendarTypes.has(contentType)).map(attached);
  try {
    const { method, calendar, recurrenceId, proposed, properties, sentBy } = readSchedulingMessage(content, timeZone);
    const { 'item:Body': _body, 'calendar:Organizer': organizer, 'calendar:RequiredAttendees': attendees, ...rest } = properties;
    const isAnswer = method === 'REPLY' || method === 'COUNTER';
    const represented = isAnswer ? (attendees as readonly Attendee[] | undefined)?.[0]?.mailbox : (organizer as EmailAddress | undefined);
    const delegated = partiesOf(email?.from?.address, sentBy, represented);
    const parties = delegated === undefined ? {} : { parties: delegated };
    // The text of the message, which the calendar part may only have as a copy without its form.
    const body = email?.html === undefined ? { type: 'Text', content: email?.text ?? '' } : { type: 'HTML', content: email.html };
    const about: PropertyBag = { ...rest, ...(body.content === '' ? {} : { 'item:Body': body }), ...(recurrenceId === undefined ? {} : { 'calendar:RecurrenceId': recurrenceId }) };
    if (isAnswer) {
      const answer = (attendees as readonly Attendee[] | undefined)?.[0]?.responseType;
      const itemClass = answer === 'Accept' ? 'IPM.Schedule.Meeting.Resp.Pos' : answer === 'Tentative' ? 'IPM.Schedule.Meeting.Resp.Tent' : answer === 'Decline' ? 'IPM.Schedule.Meeting.Resp.Neg' : undefined;
      return itemClass === undefined || answer === undefined ? undefined : { itemClass, calendar, attachments, ...parties, properties: { ...about, 'meeting:ResponseType': answer, ...(proposed === undefined ? {} : { 'meeting:ProposedStart': proposed.start, 'meeting:ProposedEnd': proposed.end }) } };
    }
    const people = { ...(organizer === undefined ? {} : { 'calendar:Organizer': organizer }), ...(attendees === undefined ? {} : { 'calendar:RequiredAttendees': attendees }) };
    if (method === 'CANCEL') return { itemClass: 'IPM.Schedule.Meeting.Canceled', attachments, ...parties, calendar: { ...calendar, freeBusyStatus: 'Free' }, properties: { ...about, ...people, 'calendar:IsCancelled': true } };
    const sequence = properties['calendar:AppointmentSequenceNumber'];
    const requestType = typeof sequence === 'number' && sequence > 0 ? 'FullUpdate' : 'NewMeetingRequest';
    return { itemClass: 'IPM.Schedule.Meeting.Request', calendar, attachments, ...parties, properties: { ...about, ...people, 'meetingRequest:MeetingRequestType': requestType, 'meetingRequest:IntendedFreeBusyStatus': calendar.freeBusyStatus } };
  } catch (error) {
    if (error instanceof OrganizationError) return undefined;
    throw error;
  }
}

/**
 * A message whose sender SENT-BY names speaks for whom it says (RFC 6047 §2.2.1), within one domain: anybody could claim to
 * be the delegate of somebody elsewhere.
 */
function partiesOf(from: string | undefined, sentBy: EmailAddress | undefined, represented: EmailAddress | undefined): MeetingMessageContent['parties'] {
  if (from === undefined || sentBy?.address === undefined || represented?.address === undefined) return undefined;
  const domainOf = (address: string): string => address.slice(address.lastIndexOf('@')).toLowerCase();
  const isTheSender = from.toLowerCase() === sentBy.address.toLowerCase() && from.toLowerCase() !== represented.address.toLowerCase();
  return isTheSender && domainOf(from) === domainOf(represented.address) ? { 'message:From': represented, 'message:Sender': sentBy } : undefined;
}

function attached({ isMessage, content, ...part }: MessagePart): NewAttachment {
  if (!isMessage) return { ...part, content: { file: content } };
  return { ...part, content: { item: { ...readMessageHead(content), mime: content } } };
}
