import type { Attendee, EmailAddress, Item, Mailbox, PropertyBag } from '../../../organization/index.ts';
import { attendeeKeys } from '../../../transport/index.ts';
import { organizes } from './calendar-values.ts';
import type { MailboxSession } from './mailbox-session.ts';

/** Everybody who is invited. */
export function attendeesOf(bag: PropertyBag): readonly Attendee[] {
  return attendeeKeys.flatMap((key) => (bag[key] as readonly Attendee[] | undefined) ?? []);
}

/** The addresses of attendees, each once. */
export function addressesOf(attendees: readonly Attendee[]): readonly EmailAddress[] {
  const people = new Map<string, EmailAddress>();
  for (const { mailbox } of attendees) if (mailbox.address !== undefined) people.set(mailbox.address.toLowerCase(), mailbox);
  return [...people.values()];
}

/** True for a meeting with attendees that the mailbox's owner organises. */
export async function isOrganizersMeeting(session: MailboxSession, mailbox: Mailbox, item: Item): Promise<boolean> {
  if (item.calendar?.isMeeting !== true || attendeesOf(item.properties).length === 0) return false;
  const owner = session.isOwner(mailbox) ? session.actor : await session.services.directory.byGuid(mailbox.guid);
  return organizes(item.properties, item.calendar, owner);
}
