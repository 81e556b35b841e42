// Local free/busy: how fast one mailbox of a busy organisation is answered, beside expanding the same series with
// rrule-temporal, and how the cost grows with the mailbox.
import { Temporal } from 'temporal-polyfill';
import { RRuleTemporal } from 'rrule-temporal';
import { createAvailabilityEngine } from '../src/availability/index.ts';
import type { AvailabilityRequest, Requester } from '../src/ews/index.ts';
import { createHttpClient, systemDial } from '../src/foundation/index.ts';
import { openOrganization } from '../src/organization/index.ts';
import type { NewCalendarItem, Organization, Recipient } from '../src/organization/index.ts';
import { measure, measurePair, milliseconds, ratio } from './figures.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const monday = Date.UTC(2026, 0, 5);
const window = { start: Date.UTC(2026, 9, 26), end: Date.UTC(2026, 9, 26) + 42 * dayMs };
const zones = ['W. Europe Standard Time', 'Eastern Standard Time', 'AUS Eastern Standard Time', 'India Standard Time'];
const ianaNames = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata'];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;

/** Series `index` of a mailbox: every second to fifth week on one day, so that 200 of them stay below 1,000 occurrences in six weeks. */
function series(mailbox: number, index: number): NewCalendarItem {
  const start = monday + (index % 5) * dayMs + (8 + (index % 9)) * hourMs;
  return {
    ...plainItem(`series-${mailbox}-${index}`, start, start + hourMs),
    timeZone: zones[mailbox % zones.length] ?? 'UTC',
    recurrence: {
      pattern: { type: 'Weekly', interval: 2 + (index % 4), daysOfWeek: [weekdays[index % 5] ?? 'Monday'], firstDayOfWeek: 'Monday' },
      range: { type: 'NoEnd', startDate: Math.floor(start / dayMs) * dayMs },
    },
  };
}

function plainItem(uid: string, start: number, end: number): NewCalendarItem {
  return { uid, start, end, timeZone: 'UTC', subject: 'Meeting', location: 'Room', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: true, isReminderSet: false };
}

async function addMailbox(organization: Organization, name: string): Promise<Recipient> {
  const address = `${name}@bench.test`;
  return organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: address, primarySmtpAddress: address, timeZone: 'W. Europe Standard Time' });
}

function lookUp(addresses: readonly string[], view = window): AvailabilityRequest {
  return {
    mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
    freeBusyView: { window: view, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
  };
}

function expandWithPeer(mailbox: number): number {
  let occurrences = 0;
  const tzid = ianaNames[mailbox % ianaNames.length] ?? 'UTC';
  for (let index = 0; index < 200; index++) {
    const start = monday + (index % 5) * dayMs + (8 + (index % 9)) * hourMs;
    const rule = new RRuleTemporal({ freq: 'WEEKLY', interval: 2 + (index % 4), byDay: [(weekdays[index % 5] ?? 'Monday').slice(0, 2).toUpperCase()], dtstart: Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(tzid), tzid });
    occurrences += rule.between(new Date(window.start), new Date(window.end)).length;
  }
  return occurrences;
}

export async function benchLocalAvailability(): Promise<void> {
  const organization = await openOrganization({ file: ':memory:' });
  const httpClient = createHttpClient({ dial: systemDial });
  const engine = createAvailabilityEngine({ organization, httpClient, getAuthorization: () => Promise.reject(new Error('nothing is asked elsewhere')), serverName: 'BENCH', serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 41, version: 'V2017_07_11' } });
  const asker = await addMailbox(organization, 'asker');
  const requester: Requester = { recipient: asker, origin: 'local' };
  const context = { requestId: 'benchmark', signal: new AbortController().signal };
  const mailboxes: Recipient[] = [];
  for (let mailbox = 0; mailbox < 100; mailbox++) {
    const recipient = await addMailbox(organization, `user${mailbox}`);
    await organization.calendars.putAll(recipient.guid, Array.from({ length: 200 }, (_, index) => series(mailbox, index)));
    mailboxes.push(recipient);
  }
  const address = (turn: number): string => mailboxes[turn % mailboxes.length]?.primarySmtpAddress ?? '';

  console.log('100 mailboxes with 200 recurring series each, 42 days, FreeBusyMerged');
  const single = await measure((turn) => engine(lookUp([address(turn)]), requester, context), 5);
  console.log(`  one mailbox a request     ${single.perSecond.toFixed(0)} lookups/s   p50 ${milliseconds(single.p50)}   p99 ${milliseconds(single.p99)}`);
  const all = mailboxes.map((recipient) => recipient.primarySmtpAddress);
  const batch = await measure(() => engine(lookUp(all), requester, context), 5);
  console.log(`  100 mailboxes a request   ${(batch.perSecond * 100).toFixed(0)} lookups/s   p50 ${milliseconds(batch.p50)}   p99 ${milliseconds(batch.p99)}   (per request)`);
  const peer = await measurePair((turn) => engine(lookUp([address(turn)]), requester, context), async (turn) => expandWithPeer(turn), 20);
  console.log(`  expansion by rrule-temporal 2.2.7 of the same 200 series, without store, permissions and merging: p50 ${milliseconds(peer.other.p50)}; whole lookup / expansion alone ${ratio(peer.one.p50 / peer.other.p50)}`);

  console.log('Growth with the mailbox: one week, 40 items in it, beside 1,000 / 10,000 / 100,000 items in the mailbox');
  const grown: { items: number; p50: number; p99: number }[] = [];
  for (const items of [1_000, 10_000, 100_000]) {
    const { guid, primarySmtpAddress } = await addMailbox(organization, `grown${items}`);
    const spread = Array.from({ length: items - 40 }, (_, index) => {
      const start = window.start - (index + 8) * 2 * hourMs;
      return plainItem(`old-${index}`, start, start + hourMs);
    });
    const inside = Array.from({ length: 40 }, (_, index) => plainItem(`new-${index}`, window.start + index * 4 * hourMs, window.start + index * 4 * hourMs + hourMs));
    await organization.calendars.putAll(guid, [...spread, ...inside]);
    const week = { start: window.start, end: window.start + 7 * dayMs };
    const figures = await measure(() => engine(lookUp([primarySmtpAddress], week), requester, context), 2);
    grown.push({ items, ...figures });
  }
  const [first] = grown;
  for (const { items, p50, p99 } of grown) console.log(`  ${String(items).padStart(7)} items   p50 ${milliseconds(p50)}   p99 ${milliseconds(p99)}   p50 / p50 of 1,000: ${ratio(p50 / (first?.p50 ?? 1))}`);
  await httpClient.close();
  await organization.close();
}

await benchLocalAvailability();
