import type { Dispatcher } from 'undici';
import { createBoundedCache, errorCode, errorText } from '../../foundation/index.ts';
import type { Clock, Log } from '../../foundation/index.ts';
import { expandItem, OrganizationError, readICalendar } from '../../organization/index.ts';
import type { CalendarOccurrence, Calendars, InstantWindow, NewCalendarItem, Organization, Recipient } from '../../organization/index.ts';
import { calendarSourceError, createCalDavClient } from './caldav-client.ts';
import type { CalDavClient } from './caldav-client.ts';

/** Where the calendars of an organisation's people are, if not in its own store. */
export interface CalDavSettings {
  /** Address of a person's calendar, or of the collection of their calendars; `{address}`, `{localPart}` and `{domain}` stand for theirs. */
  url: string;
  /** An account that may read them all. */
  userName: string;
  password: string;
  /** How old an answer may be, milliseconds. Default 300,000. 0 asks each time. */
  cacheMs?: number;
  /** For one request, milliseconds. Default 10,000. */
  timeoutMs?: number;
}

export interface CalDavCalendarsOptions extends CalDavSettings {
  organization: Organization;
  httpClient: Dispatcher;
  clock: Clock;
  log: Log;
}

interface Read {
  at: number;
  window: InstantWindow;
  items: Promise<readonly NewCalendarItem[]>;
}

const dayMs = 86_400_000;
const mailboxesKept = 2_000;

/**
 * The calendars of an organisation with what happens in them taken from a CalDAV server. Working hours and permissions stay
 * the organisation's own. `occurrences` throws `AVAILABILITY_CALDAV_UNREADABLE` where a person's cannot be read. Of one person
 * the last window is kept; those who ask for it at the same time wait for one answer.
 */
export function caldavCalendars(options: CalDavCalendarsOptions): Calendars {
  const { organization, clock } = options;
  const cacheMs = options.cacheMs ?? 300_000;
  const client = createCalDavClient({ ...options, timeoutMs: options.timeoutMs ?? 10_000 });
  const kept = createBoundedCache<Read>(mailboxesKept);
  const itemsIn = (recipient: Recipient, window: InstantWindow): Promise<readonly NewCalendarItem[]> => {
    const known = kept.get(recipient.guid);
    if (known !== undefined && clock.now() - known.at < cacheMs && known.window.start <= window.start && known.window.end >= window.end) return known.items;
    // Whole days, and one more on either side: the next to ask mean nearly the same.
    const wider = { start: Math.floor(window.start / dayMs) * dayMs - dayMs, end: Math.ceil(window.end / dayMs) * dayMs + dayMs };
    const read: Read = { at: clock.now(), window: wider, items: readItems(client, addressOf(options.url, recipient), recipient, wider, options.log) };
    kept.set(recipient.guid, read);
    // A failure is not kept: the next to ask find out whether it is over.
    read.items.catch(() => {
      if (kept.get(recipient.guid) === read) kept.delete(recipient.guid);
    });
    return read.items;
  };
  return {
    ...organization.calendars,
    async occurrences(mailbox, window, limit) {
      const recipient = await organization.directory.byGuid(mailbox);
      if (recipient === undefined) return [];
      const found: CalendarOccurrence[] = [];
      for (const item of await itemsIn(recipient, window)) {
        for (const occurrence of expandItem({ ...item, id: item.uid }, window)) {
          if (found.length >= limit) throw new OrganizationError('ORGANIZATION_TOO_MANY_OCCURRENCES', `The calendar has more than ${limit} appointments in that time.`, { facts: { mailbox, limit }, remedy: 'Ask for a shorter time.' });
          found.push(occurrence);
        }
      }
      return found.sort((a, b) => a.start - b.start || a.end - b.end);
    },
  };
}

/** One object that cannot be read does not hide the others: it is logged. Several calendars may hold the same meeting. */
async function readItems(client: CalDavClient, url: string, recipient: Recipient, window: InstantWindow, log: Log): Promise<readonly NewCalendarItem[]> {
  const calendars = await client.calendars(url);
  if (calendars.length === 0) throw calendarSourceError('there is no calendar at the address', { url });
  const items = new Map<string, NewCalendarItem>();
  for (const objects of await Promise.all(calendars.map((calendar) => client.events(calendar, window)))) {
    for (const { href, text } of objects) {
      try {
        for (const item of readICalendar(text, { timeZone: recipient.timeZone ?? 'UTC' }).items) items.set(item.uid, item);
      } catch (error) {
        log.warn({ code: errorCode(error), mailbox: recipient.guid, href }, `an event of a CalDAV calendar was left out: ${errorText(error)}`);
      }
    }
  }
  return [...items.values()];
}

function addressOf(template: string, { primarySmtpAddress }: Recipient): string {
  const at = primarySmtpAddress.lastIndexOf('@');
  const values: Readonly<Record<string, string>> = { address: primarySmtpAddress, localPart: primarySmtpAddress.slice(0, at), domain: primarySmtpAddress.slice(at + 1) };
  const url = template.replace(/\{(address|localPart|domain)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  return url.endsWith('/') ? url : `${url}/`;
}
