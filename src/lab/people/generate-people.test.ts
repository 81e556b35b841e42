import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createTimeZone, expandItem, openOrganization, toLocal } from '../../organization/index.ts';
import type { CalendarOccurrence, NewCalendarItem } from '../../organization/index.ts';
import { generatePeople } from './index.ts';
import type { LabPerson } from './index.ts';

/** A repeatable stand-in for a strong source: every call gives other bytes. */
function countedBytes(): (size: number) => Uint8Array {
  let calls = 0;
  return (size) => createHash('shake256', { outputLength: size }).update(String(calls++)).digest();
}

const referenceDate = Date.parse('2026-11-24T09:30:00Z');
const dayMs = 86_400_000;
const generated = generatePeople({ seed: 7, referenceDate, randomBytes: countedBytes() });
const { people, horizon } = generated;
const items = people.flatMap((person) => person.calendar.map((item) => ({ person, item })));
const occurrences = new Map(people.map((person) => [person, person.calendar.flatMap((item) => expand(item))]));

function expand(item: NewCalendarItem): CalendarOccurrence[] {
  return Array.from(expandItem({ ...item, id: item.uid }, horizon));
}

function byAlias(alias: string): LabPerson {
  const person = people.find((each) => each.alias === alias);
  assert.ok(person, alias);
  return person;
}

test('the same seed and date give the same people; another seed, date or source of passwords changes what it should', () => {
  assert.deepEqual(generatePeople({ seed: 7, referenceDate: referenceDate + 3 * 3_600_000, randomBytes: countedBytes() }), generated);
  const others = generatePeople({ seed: 8, referenceDate, randomBytes: countedBytes(), peoplePerSide: 5 });
  const same = generatePeople({ seed: 7, referenceDate, randomBytes: (size) => new Uint8Array(size).map((_, index) => (index * 37) % 224), peoplePerSide: 5 });
  const later = generatePeople({ seed: 7, referenceDate: referenceDate + 14 * dayMs, randomBytes: countedBytes(), peoplePerSide: 5 });
  assert.notDeepEqual(others.people.map(({ displayName }) => displayName), same.people.map(({ displayName }) => displayName));
  assert.deepEqual(later.people.map(({ displayName }) => displayName), same.people.map(({ displayName }) => displayName));
  assert.equal(later.horizon.start - same.horizon.start, 14 * dayMs);
  assert.notEqual(later.people[0]?.password, same.people[0]?.password);
});

test('the people of all examples are where they belong', () => {
  assert.deepEqual(
    ['anna', 'bert', 'chen', 'room1', 'room4', 'room5', 'room8'].map((alias) => [alias, byAlias(alias).side, byAlias(alias).isRoom]),
    [
      ['anna', 'cloud', false],
      ['bert', 'on-premises', false],
      ['chen', 'cloud', false],
      ['room1', 'on-premises', true],
      ['room4', 'on-premises', true],
      ['room5', 'cloud', true],
      ['room8', 'cloud', true],
    ],
  );
  for (const side of ['on-premises', 'cloud']) {
    assert.equal(people.filter((person) => person.side === side && !person.isRoom).length, 25);
    assert.equal(people.filter((person) => person.side === side && person.isRoom).length, 4);
  }
  assert.ok(byAlias('anna').emailAddresses.includes('anna@contoso.mail.onmicrosoft.test'));
  assert.equal(byAlias('bert').primarySmtpAddress, 'bert@contoso.test');
});

test('addresses, aliases and sign-in names are valid and nobody shares one', () => {
  const addresses = people.flatMap(({ emailAddresses }) => emailAddresses);
  assert.equal(new Set(addresses).size, addresses.length);
  assert.equal(new Set(people.map(({ userPrincipalName }) => userPrincipalName)).size, people.length);
  for (const { emailAddresses, primarySmtpAddress, userPrincipalName, alias } of people) {
    assert.ok(emailAddresses.length >= 3 && emailAddresses[0] === primarySmtpAddress);
    assert.ok(emailAddresses.includes(userPrincipalName));
    assert.match(alias, /^[a-z0-9.-]+$/);
    for (const address of emailAddresses) assert.match(address, /^[a-z0-9]+(?:[.-][a-z0-9]+)*@contoso(?:\.mail\.onmicrosoft)?\.test$/);
  }
  assert.ok(people.some(({ userPrincipalName, primarySmtpAddress }) => userPrincipalName !== primarySmtpAddress));
});

test('passwords are printable, strong enough for Exchange, and everyone has another one', () => {
  assert.equal(new Set(people.map(({ password }) => password)).size, people.length);
  for (const { password } of people) {
    assert.match(password, /^(?:[A-HJ-NP-Za-km-np-z2-9]{4}-){3}[A-HJ-NP-Za-km-np-z2-9]{4}$/);
    assert.match(password, /[A-Z]/);
    assert.match(password, /[a-z]/);
    assert.match(password, /[2-9]/);
  }
});

test('every item is one that an organisation accepts, and a uid occurs once on a calendar', async () => {
  const organization = await openOrganization({ file: ':memory:' });
  const { calendars } = organization;
  for (const { alias, calendar, calendarConfiguration } of people) {
    assert.equal(await calendars.putAll(alias, calendar), calendar.length);
    assert.equal(await calendars.count(alias), calendar.length, 'each uid counts once');
    await calendars.setConfiguration(alias, calendarConfiguration);
  }
  await organization.close();
  for (const { item } of items) {
    assert.ok(item.end > item.start, item.uid);
    assert.equal(createTimeZone(item.timeZone).id, item.timeZone);
    for (const { start, end } of [...(item.modifiedOccurrences ?? []), ...(item.addedOccurrences ?? [])]) assert.ok(end > start, item.uid);
    if (item.isAllDay) {
      const zone = createTimeZone(item.timeZone);
      for (const instant of [item.start, item.end]) assert.ok(toLocal(zone, instant) % dayMs === 0, item.subject);
    }
    if (item.recurrence !== undefined) {
      const [first] = Array.from(expandItem({ ...item, id: item.uid }, { start: item.start, end: item.end }));
      assert.equal(first?.start, item.start, `${item.subject} begins with its first occurrence`);
    }
  }
});

test('the copies of a meeting agree on its times, and the room on who called it', () => {
  const copies = Map.groupBy(items.filter(({ item }) => item.isMeeting), ({ item }) => item.uid);
  let acrossSides = 0;
  let inRooms = 0;
  for (const [uid, meeting] of copies) {
    const times = meeting.map(({ item }) => JSON.stringify(expand(item).map(({ start, end }) => [start, end])));
    assert.equal(new Set(times).size, 1, uid);
    assert.ok(meeting.filter(({ person }) => !person.isRoom).length >= 2, uid);
    if (new Set(meeting.map(({ person }) => person.side)).size === 2) acrossSides++;
    const room = meeting.find(({ person }) => person.isRoom);
    if (room === undefined) continue;
    inRooms++;
    assert.equal(room.item.location, room.person.displayName);
    assert.ok(meeting.some(({ person }) => person.displayName === room.item.subject), uid);
  }
  assert.ok(acrossSides > 100, `${acrossSides} meetings cross the premises`);
  assert.ok(inRooms > 50, `${inRooms} meetings are in rooms`);
});

test('nobody is in two meetings at once', () => {
  for (const [person, all] of occurrences) {
    const timed = all.filter(({ isAllDay, freeBusyStatus }) => !isAllDay && freeBusyStatus !== 'Free').sort((one, other) => one.start - other.start);
    for (const [index, { end, subject }] of timed.entries()) {
      const next = timed[index + 1];
      assert.ok(next === undefined || next.start >= end, `${person.alias}: ${subject} and ${next?.subject} at ${new Date(next?.start ?? 0).toISOString()}`);
    }
  }
});

test('life is neither empty nor frantic', () => {
  for (const [person, all] of occurrences) {
    if (person.isRoom) continue;
    const busy = all.filter(({ isAllDay, freeBusyStatus }) => !isAllDay && freeBusyStatus !== 'Free').reduce((sum, { start, end }) => sum + end - start, 0);
    const hoursPerWeek = busy / 3_600_000 / 12;
    assert.ok(hoursPerWeek > 3 && hoursPerWeek < 30, `${person.alias}: ${hoursPerWeek.toFixed(1)} hours a week`);
  }
});

test('every kind of pattern, exception, status, sensitivity, zone, working week and permission occurs', () => {
  const kinds = (values: readonly (string | undefined)[]): string[] => Array.from(new Set(values.filter((value) => value !== undefined))).sort();
  const all = items.map(({ item }) => item);
  assert.deepEqual(kinds(all.map(({ recurrence }) => recurrence?.pattern.type)), ['AbsoluteMonthly', 'AbsoluteYearly', 'Daily', 'RelativeMonthly', 'RelativeYearly', 'Weekly']);
  assert.deepEqual(kinds(all.map(({ recurrence }) => recurrence?.range.type)), ['EndDate', 'NoEnd', 'Numbered']);
  assert.ok(all.some(({ recurrence }) => recurrence?.pattern.type === 'Weekly' && recurrence.pattern.interval === 2));
  assert.ok(all.some(({ recurrence }) => recurrence?.pattern.type === 'RelativeMonthly' && recurrence.pattern.dayOfWeekIndex === 'Last'));
  assert.deepEqual(kinds(all.map(({ freeBusyStatus }) => freeBusyStatus)), ['Busy', 'Free', 'OOF', 'Tentative', 'WorkingElsewhere']);
  assert.deepEqual(kinds(all.map(({ sensitivity }) => sensitivity)), ['Confidential', 'Normal', 'Personal', 'Private']);
  assert.ok(all.some(({ isAllDay, recurrence, start, end }) => isAllDay && recurrence === undefined && end - start > 2 * dayMs));
  assert.ok(all.some(({ deletedOccurrences }) => deletedOccurrences?.length === 1));
  assert.ok(all.some(({ addedOccurrences }) => addedOccurrences?.length === 1));
  const modified = all.flatMap(({ modifiedOccurrences }) => modifiedOccurrences ?? []);
  assert.ok(modified.some(({ originalStart, start }) => start !== originalStart));
  assert.ok(modified.some(({ sensitivity }) => sensitivity === 'Private'));
  assert.ok(kinds(people.map(({ timeZone }) => timeZone)).length >= 9);
  assert.ok(['Nepal Standard Time', 'India Standard Time', 'AUS Eastern Standard Time', 'E. South America Standard Time', 'Pacific Standard Time'].every((zone) => people.some(({ timeZone }) => timeZone === zone)));
  assert.ok(people.some(({ calendarConfiguration }) => calendarConfiguration.workDays.includes('Sunday')));
  for (const side of ['on-premises', 'cloud']) {
    const here = people.filter((person) => person.side === side && !person.isRoom);
    assert.deepEqual(kinds(here.map(({ defaultAccess }) => defaultAccess)), ['AvailabilityOnly', 'LimitedDetails', 'None', 'Reviewer']);
    assert.ok(here.some(({ calendarConfiguration }) => calendarConfiguration.workDays.length === 4), 'a short week');
    assert.ok(here.some(({ calendarConfiguration: hours }) => hours.workingHoursEndTime - hours.workingHoursStartTime < 300), 'mornings only');
  }
});

test('Anna and Bert meet every week, with one meeting moved, one cancelled and one private', () => {
  const weekly = (alias: string): NewCalendarItem | undefined => byAlias(alias).calendar.find(({ subject }) => subject === '1:1 Anna / Bert');
  assert.equal(weekly('anna')?.uid, weekly('bert')?.uid);
  assert.equal(weekly('anna')?.deletedOccurrences?.length, 1);
  assert.deepEqual(weekly('bert')?.modifiedOccurrences?.map(({ originalStart, start, sensitivity }) => [start === originalStart, sensitivity]), [
    [false, undefined],
    [true, 'Private'],
  ]);
});

test('few people make a house too; too few or too many are refused', () => {
  assert.equal(generatePeople({ seed: 1, referenceDate, randomBytes: countedBytes(), peoplePerSide: 3, domain: 'fabrikam.test', coexistenceDomain: 'cloud.fabrikam.test' }).people[0]?.primarySmtpAddress, 'bert@fabrikam.test');
  assert.throws(() => generatePeople({ seed: 1, referenceDate, randomBytes: countedBytes(), peoplePerSide: 2 }), RangeError);
});
