import type { NewCalendarItem } from '../../organization/index.ts';
import type { Agenda, Horizon } from './agenda.ts';
import { enter } from './agenda.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Everyone whose calendar is being filled, and what filling it takes. */
export interface Life {
  random: SeededRandom;
  horizon: Horizon;
  people: readonly Agenda[];
  rooms: readonly Agenda[];
  /** A uid that nothing else has. */
  nextUid(): string;
}

/**
 * Enters a meeting for its attendees (the organiser first) and the room. All copies have the same uid and times; an
 * attendee's own view may differ. On a room's calendar the organiser's name stands for the subject, as Exchange's
 * resource booking writes it by default (`Set-CalendarProcessing -DeleteSubject -AddOrganizerToSubject`).
 */
export function meet(life: Life, attendees: readonly Agenda[], meeting: NewCalendarItem, room?: Agenda, view: (attendee: Agenda) => Partial<NewCalendarItem> = () => ({})): void {
  const [organizer] = attendees;
  if (organizer === undefined) return;
  const shared: NewCalendarItem = { ...meeting, isMeeting: true, location: room?.displayName ?? meeting.location };
  for (const attendee of attendees) enter(attendee, { ...shared, ...(attendee === organizer ? {} : view(attendee)) }, life.horizon);
  if (room === undefined) return;
  const modified = shared.modifiedOccurrences?.map(({ originalStart, start, end }) => ({ originalStart, start, end }));
  enter(room, { ...shared, subject: organizer.displayName, sensitivity: 'Normal', isReminderSet: false, ...(modified === undefined ? {} : { modifiedOccurrences: modified }) }, life.horizon);
}
