import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openOrganization } from '../open-organization.ts';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import type { FolderId } from './folder.ts';
import { anna, openMailbox } from './mailbox-fixture.ts';
import type { Mailbox } from './mailbox.ts';

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.UTC(2026, 10, 23);
const week = { start: monday, end: monday + 7 * day };

const event = (subject: string, start: number, more: Partial<NewCalendarItem> = {}): { calendar: NewCalendarItem } => ({
  calendar: { uid: subject, subject, start, end: start + hour, timeZone: 'UTC', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false, ...more },
});

async function subjectsIn(mailbox: Mailbox, folder: FolderId): Promise<string[]> {
  const found: string[] = [];
  for await (const items of mailbox.items.inWindow(folder, week)) for (const item of items) found.push(item.calendar?.subject ?? '');
  return found.toSorted();
}

test('what touches a window is found in every calendar folder, and what does not is not read', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const own = await mailbox.folders.distinguished('calendar');
  const other = await mailbox.folders.create(own.id, { displayName: 'Project', folderClass: 'IPF.Appointment' });
  const weekly = { recurrence: { pattern: { type: 'Weekly', interval: 1, daysOfWeek: ['Monday'], firstDayOfWeek: 'Sunday' }, range: { type: 'NoEnd', startDate: monday - 70 * day } } } as const;
  for (const { id } of [own, other]) {
    await mailbox.items.createAll(id, Array.from({ length: 300 }, (_, index) => event(`far ${index}`, monday - (index + 2) * day)));
    await mailbox.items.createAll(id, [event('in it', monday + hour), event('reaches into it', monday - hour, { end: monday + hour }), event('long', monday - 300 * day, { end: monday + 300 * day }), event('after', week.end), event('series', monday - 70 * day, weekly)]);
  }
  const seen = ['in it', 'long', 'reaches into it', 'series'];
  assert.deepEqual(await subjectsIn(mailbox, own.id), seen);
  assert.deepEqual(await subjectsIn(mailbox, other.id), seen);
  assert.equal((await organization.calendars.occurrences(anna, week, 100)).length, 4, 'free/busy is of the own calendar alone');
  const [moved] = (await mailbox.items.find(other.id, { limit: 1, restriction: { type: 'IsEqualTo', key: 'item:Subject', to: { constant: 'in it' } } })).entries;
  await mailbox.items.move(moved?.id ?? '', own.id);
  assert.deepEqual(await subjectsIn(mailbox, other.id), seen.slice(1));
  assert.equal((await organization.calendars.occurrences(anna, week, 100)).length, 5);
  const [changed] = (await mailbox.items.find(other.id, { limit: 1, restriction: { type: 'IsEqualTo', key: 'item:Subject', to: { constant: 'after' } } })).entries;
  await mailbox.items.update(changed?.id ?? '', { set: { 'calendar:Start': monday, 'calendar:End': monday + hour } });
  assert.deepEqual(await subjectsIn(mailbox, other.id), ['after', ...seen.slice(1)]);
  await mailbox.items.delete(changed?.id ?? '', 'HardDelete');
  assert.deepEqual(await subjectsIn(mailbox, other.id), seen.slice(1));
});

test('a store of an earlier version gets its other calendars and the times of its folders', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-calendar-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'organization.sqlite');
  const before = await openOrganization({ file });
  const mailbox = before.mailboxes.of(anna);
  const own = await mailbox.folders.distinguished('calendar');
  const other = await mailbox.folders.create(own.id, { displayName: 'Project', folderClass: 'IPF.Appointment' });
  await mailbox.items.createAll(own.id, [event('mine', monday)]);
  await mailbox.items.createAll(other.id, Array.from({ length: 3 }, (_, index) => event(`shared ${index}`, monday + index * day)));
  await before.close();
  const database = new DatabaseSync(file);
  const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number };
  database.exec(`alter table mailbox_folder drop column modified_at; delete from calendar_item where mailbox like '%/%'; drop table calendar_processing; drop table transport_message; drop table transport_chunk; drop table mailbox_oof_reply; drop table mail_settings; pragma user_version = ${version - 5}`);
  database.close();
  const after = await openOrganization({ file });
  t.after(() => after.close());
  assert.deepEqual(await subjectsIn(after.mailboxes.of(anna), other.id), ['shared 0', 'shared 1', 'shared 2']);
  assert.deepEqual(await subjectsIn(after.mailboxes.of(anna), own.id), ['mine']);
  assert.ok(Number((await after.mailboxes.of(anna).folders.get(other.id)).properties['item:LastModifiedTime']) > monday - 100 * day);
});
