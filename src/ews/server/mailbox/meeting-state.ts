import { occurrenceMeetingPrefix } from '../../../organization/index.ts';
import type { Attendee, EmailAddress, Item, Mailbox, PropertyBag } from '../../../organization/index.ts';
import { attendeeKeys } from '../../../transport/index.ts';
import { organizes } from './calendar-values.ts';
import type { MailboxSession } from './mailbox-session.ts';

/** Everybody who is invited. */
export function attendeesOf(bag: PropertyBag): readonly Attendee[] {
  return attendeeKeys.flatMap((key) => (bag[key] as readonly Attendee[] | undefined) ?? []);
}

/** Everybody who is invited, to all of a series or to some of its happenings only. */
export function everybodyIn(bag: PropertyBag): readonly Attendee[] {
  const ofHappenings = Object.entries(bag).filter(([key]) => key.startsWith(occurrenceMeetingPrefix)).flatMap(([, own]) => attendeesOf(own as PropertyBag));
  return [...attendeesOf(bag), ...ofHappenings];
}

/** The addresses of attendees, each once. */
export function addressesOf(attendees: readonly Attendee[]): readonly EmailAddress[] {
  const people = new Map<string, EmailAddress>();
  for (const { mailbox } of attendees) if (mailbox.address !== undefined) people.set(mailbox.address.toLowerCase(), mailbox);
  return [...people.values()];
}

/** True for a meeting with attendees that the mailbox's owner organises. */
export async function isOrganizersMeeting(session: MailboxSession, mailbox: Mailbox, item: Item): Promise<boolean> {
  if (item.calendar === undefined || everybodyIn(item.properties).length === 0) return false;
  const owner = session.isOwner(mailbox) ? session.actor : await session.services.directory.byGuid(mailbox.guid);
  return organizes(item.properties, item.calendar, owner);
}
