import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Attendee, Item, Recipient } from '../../../organization/index.ts';
import { occurrenceBag } from '../../../organization/index.ts';
import { idOf, openEwsFixture, textOf } from '../ews-fixture.ts';
import type { AskOptions } from '../ews-fixture.ts';

type Name = NonNullable<AskOptions['as']>;

const attendees = (names: readonly string[]): string => `<t:RequiredAttendees>${names.map((name) => `<t:Attendee><t:Mailbox><t:EmailAddress>${name}@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee>`).join('')}</t:RequiredAttendees>`;
const recurrence = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-12-01</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
const field = (uri: string, content: string): string => `<t:SetItemField><t:FieldURI FieldURI="${uri}"/><t:CalendarItem>${content}</t:CalendarItem></t:SetItemField>`;
/** When the series puts its happening of that index. */
const at = (index: number): number => Date.UTC(2026, 11, index, 10);

/** Bert organises a series of five, to which Anna is invited. */
async function open(t: TestContext, invited: readonly string[] = ['anna']) {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { ask, people, organization: { mailboxes } } = fixture;
  const all = async (who: Recipient, folder: 'inbox' | 'calendar' | 'deleteditems' | 'sentitems'): Promise<readonly Item[]> => (await mailboxes.of(who.guid).items.find((await mailboxes.of(who.guid).folders.distinguished(folder)).id, { limit: 50, sortBy: [{ key: 'item:DateTimeCreated', direction: 'Ascending' }] })).entries;
  const done = async (body: string, as: Name = 'bert'): Promise<void> => assert.deepEqual((await ask(body, { as })).codes, ['NoError'], body);
  await done(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>Stand-up</t:Subject><t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End>${attendees(invited)}${recurrence}</t:CalendarItem></m:Items></m:CreateItem>`);
  const series = async (who: Recipient): Promise<Item> => {
    const found = (await all(who, 'calendar')).find(({ calendar }) => calendar?.recurrence !== undefined);
    assert.ok(found !== undefined);
    return found;
  };
  const happening = async (who: Recipient, index: number): Promise<string> => {
    const { body, codes } = await ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:OccurrenceItemId RecurringMasterId="${(await series(who)).id}" InstanceIndex="${index}"/></m:ItemIds></m:GetItem>`, { as: who === people.anna ? 'anna' : who === people.carl ? 'carl' : 'bert' });
    assert.deepEqual(codes, ['NoError']);
    return idOf(body);
  };
  const change = async (index: number, updates: string, how = 'SendToAllAndSaveCopy'): Promise<void> => done(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="${how}"><m:ItemChanges><t:ItemChange><t:ItemId Id="${await happening(people.bert, index)}"/><t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  const invite = (index: number, names: readonly string[], how?: string): Promise<void> => change(index, field('calendar:RequiredAttendees', attendees(names)), how);
  const respond = async (name: string, reference: string, as: Name): Promise<void> => done(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:${name}>${reference}</t:${name}></m:Items></m:CreateItem>`, as);
  /** What the organiser's list of one happening says. */
  const answers = async (index: number): Promise<Record<string, string>> => {
    const { properties, calendar } = await series(people.bert);
    const bag = occurrenceBag(properties, calendar?.modifiedOccurrences?.find(({ originalStart }) => originalStart === at(index)));
    return Object.fromEntries(((bag['calendar:RequiredAttendees'] ?? []) as readonly Attendee[]).map(({ mailbox, responseType }) => [(mailbox.address ?? '').split('@')[0] ?? '', responseType ?? 'Unknown']));
  };
  const mails = async (who: Recipient): Promise<readonly (readonly unknown[])[]> => (await all(who, 'inbox')).map(({ itemClass, properties }) => [itemClass.replace('IPM.Schedule.Meeting.', ''), properties['calendar:RecurrenceId']]);
  return { ...fixture, all, done, series, happening, change, invite, respond, answers, mails };
}

/** A reference of a response object to what stands in a calendar or an inbox. */
const to = (id: string): string => `<t:ReferenceItemId Id="${id}"/>`;

test('who is invited to one happening has that one; to another, both; what concerns one leaves the other', async (t) => {
  const { invite, change, all, mails, respond, answers, series, done, happening, people: { anna, bert, carl }, failures } = await open(t);
  await invite(2, ['anna', 'carl'], 'SendToChangedAndSaveCopy');
  assert.deepEqual(await mails(carl), [['Request', at(2)]]);
  assert.deepEqual(await mails(anna), [['Request', undefined]]);
  await invite(4, ['anna', 'carl'], 'SendToChangedAndSaveCopy');
  const entries = async (): Promise<readonly Item[]> => (await all(carl, 'calendar')).toSorted((one, other) => (one.calendar?.start ?? 0) - (other.calendar?.start ?? 0));
  assert.deepEqual((await entries()).map(({ calendar }) => [calendar?.start, calendar?.recurrence]), [[at(2), undefined], [at(4), undefined]]);
  assert.equal((await series(bert)).calendar?.modifiedOccurrences?.length, 2);

  const [second, fourth] = await entries();
  await respond('AcceptItem', to(fourth?.id ?? ''), 'carl');
  await respond('TentativelyAcceptItem', to((await all(carl, 'inbox')).find(({ properties }) => properties['calendar:RecurrenceId'] === at(2))?.id ?? ''), 'carl');
  assert.deepEqual([await answers(2), await answers(4), await answers(3)], [{ anna: 'Unknown', carl: 'Tentative' }, { anna: 'Unknown', carl: 'Accept' }, { anna: 'Unknown' }]);
  const own = async (): Promise<readonly unknown[]> => (await entries()).map(({ calendar, properties }) => [calendar?.start, properties['calendar:MyResponseType'], calendar?.freeBusyStatus]);
  assert.deepEqual(await own(), [[at(2), 'Tentative', 'Tentative'], [at(4), 'Accept', 'Busy']]);

  // The fourth is moved: the second stays as it was answered.
  await change(4, field('calendar:Start', '<t:Start>2026-12-04T15:00:00Z</t:Start>') + field('calendar:End', '<t:End>2026-12-04T16:00:00Z</t:End>'));
  assert.deepEqual(await own(), [[at(2), 'Tentative', 'Tentative'], [at(4) + 5 * 3_600_000, 'NoResponseReceived', 'Tentative']]);
  assert.deepEqual([await answers(4), (await all(carl, 'calendar')).some(({ id }) => id === second?.id)], [{ anna: 'Unknown', carl: 'Unknown' }, true]);

  // He leaves the second: that is cancelled for him alone.
  await invite(2, ['anna'], 'SendToChangedAndSaveCopy');
  assert.deepEqual((await entries()).map(({ calendar, properties }) => [calendar?.start, properties['calendar:IsCancelled']]), [[at(2), true], [at(4) + 5 * 3_600_000, undefined]]);
  assert.deepEqual((await mails(carl)).at(-1), ['Canceled', at(2)]);
  assert.ok(!(await mails(anna)).some(([kind]) => kind === 'Canceled'));

  // The organiser cancels the fourth: it goes for all who are in it.
  await done(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:CancelCalendarItem>${to(await happening(bert, 4))}<t:NewBodyContent BodyType="Text">No time</t:NewBodyContent></t:CancelCalendarItem></m:Items></m:CreateItem>`);
  assert.deepEqual((await all(carl, 'calendar')).map(({ properties }) => properties['calendar:IsCancelled']), [true, true]);
  assert.deepEqual([(await series(anna)).calendar?.deletedOccurrences, (await series(bert)).calendar?.deletedOccurrences], [[at(4)], [at(4)]]);
  assert.deepEqual(failures, []);
});

test('who is taken out of one happening loses that one alone, and gets it back', async (t) => {
  const { invite, mails, all, respond, answers, series, people: { anna, carl }, failures } = await open(t, ['anna', 'carl']);
  await respond('AcceptItem', to((await all(carl, 'inbox'))[0]?.id ?? ''), 'carl');
  await invite(3, ['anna'], 'SendToChangedAndSaveCopy');
  assert.deepEqual([await mails(carl), await mails(anna)], [[['Canceled', at(3)]], [['Request', undefined]]]);
  assert.deepEqual([(await series(carl)).calendar?.deletedOccurrences, (await series(anna)).calendar?.deletedOccurrences ?? []], [[at(3)], []]);
  assert.equal((await series(carl)).properties['calendar:IsCancelled'], undefined);
  assert.deepEqual([await answers(3), await answers(2)], [{ anna: 'Unknown' }, { anna: 'Unknown', carl: 'Accept' }]);
  await invite(3, ['anna', 'carl'], 'SendToChangedAndSaveCopy');
  assert.deepEqual(await answers(3), { anna: 'Unknown', carl: 'Unknown' });
  const back = (await series(carl)).calendar;
  assert.deepEqual([back?.deletedOccurrences, back?.modifiedOccurrences?.map(({ originalStart, start, freeBusyStatus }) => [originalStart, start, freeBusyStatus])], [[], [[at(3), at(3), 'Tentative']]]);
  assert.deepEqual(await mails(anna), [['Request', undefined]]);
  assert.deepEqual(failures, []);
});

test('one happening is answered in each of the three ways; the others keep the answer to the series', async (t) => {
  const { all, respond, happening, answers, series, people: { anna, bert }, failures } = await open(t);
  await respond('AcceptItem', to((await all(anna, 'inbox'))[0]?.id ?? ''), 'anna');
  await respond('TentativelyAcceptItem', to(await happening(anna, 2)), 'anna');
  await respond('DeclineItem', to(await happening(anna, 3)), 'anna');
  await respond('AcceptItem', to(await happening(anna, 4)), 'anna');
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(answers)), ['Accept', 'Tentative', 'Decline', 'Accept', 'Accept'].map((anna) => ({ anna })));
  const own = (await series(anna)).calendar;
  assert.deepEqual([own?.deletedOccurrences, own?.freeBusyStatus, own?.modifiedOccurrences?.map(({ originalStart, freeBusyStatus }) => [originalStart, freeBusyStatus])], [[at(3)], 'Busy', [[at(2), 'Tentative'], [at(4), 'Busy']]]);
  const heard = (await all(bert, 'inbox')).map(({ itemClass, properties }) => [itemClass.slice('IPM.Schedule.Meeting.'.length), properties['calendar:RecurrenceId']]);
  assert.deepEqual(heard, [['Resp.Pos', undefined], ['Resp.Tent', at(2)], ['Resp.Neg', at(3)], ['Resp.Pos', at(4)]]);
  assert.deepEqual((await series(bert)).calendar?.deletedOccurrences ?? [], []);
  assert.deepEqual(failures, []);
});

test('what one happening has of its own reaches the attendees, and leaves the others', async (t) => {
  const { all, change, ask, respond, happening, people: { anna }, failures } = await open(t);
  await respond('AcceptItem', to((await all(anna, 'inbox'))[0]?.id ?? ''), 'anna');
  await change(2, field('item:Subject', '<t:Subject>Retrospective</t:Subject>') + field('calendar:Location', '<t:Location>Garden</t:Location>') + field('item:Body', '<t:Body BodyType="Text">Bring cake</t:Body>') + field('item:Sensitivity', '<t:Sensitivity>Personal</t:Sensitivity>'));
  const [update] = await all(anna, 'inbox');
  assert.deepEqual([update?.properties['item:Subject'], update?.calendar?.location, update?.properties['item:Sensitivity']], ['Retrospective', 'Garden', 'Personal']);
  const seen = async (index: number): Promise<readonly (string | undefined)[]> => {
    const { body } = await ask(`<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:BodyType>Text</t:BodyType></m:ItemShape><m:ItemIds><t:ItemId Id="${await happening(anna, index)}"/></m:ItemIds></m:GetItem>`, { as: 'anna' });
    return ['Subject', 'Location', 'Sensitivity', 'LegacyFreeBusyStatus', 'MyResponseType', 'Body'].map((name) => textOf(body, name));
  };
  assert.deepEqual(await seen(2), ['Retrospective', 'Garden', 'Personal', 'Busy', 'Accept', 'Bring cake']);
  assert.deepEqual((await seen(3)).slice(0, 5), ['Stand-up', undefined, 'Normal', 'Busy', 'Accept']);
  assert.ok((await seen(3))[5] !== 'Bring cake');
  assert.deepEqual(failures, []);
});

test('an update of the series leaves what an attendee answered to single happenings, and whom they do not concern', async (t) => {
  const { all, done, invite, respond, happening, series, people: { anna, bert, carl }, failures } = await open(t, ['anna', 'carl']);
  for (const name of ['anna', 'carl'] as const) await respond('AcceptItem', to((await all(name === 'anna' ? anna : carl, 'inbox'))[0]?.id ?? ''), name);
  await respond('TentativelyAcceptItem', to(await happening(anna, 2)), 'anna');
  await respond('DeclineItem', to(await happening(anna, 3)), 'anna');
  await invite(4, ['anna'], 'SendToChangedAndSaveCopy');
  const update = async (updates: string): Promise<void> => done(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="${(await series(bert)).id}"/><t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  await update(field('calendar:Location', '<t:Location>Garden</t:Location>'));
  const [annas, carls] = [(await series(anna)).calendar, (await series(carl)).calendar];
  assert.deepEqual([annas?.location, annas?.freeBusyStatus, annas?.deletedOccurrences, annas?.modifiedOccurrences?.find(({ originalStart }) => originalStart === at(2))?.freeBusyStatus], ['Garden', 'Busy', [at(3)], 'Tentative']);
  assert.deepEqual([carls?.location, carls?.freeBusyStatus, carls?.deletedOccurrences], ['Garden', 'Busy', [at(4)]]);
  // To other times everybody is asked anew.
  await update(field('calendar:Start', '<t:Start>2026-12-01T12:00:00Z</t:Start>') + field('calendar:End', '<t:End>2026-12-01T13:00:00Z</t:End>'));
  const moved = (await series(anna)).calendar;
  assert.deepEqual([moved?.freeBusyStatus, moved?.deletedOccurrences ?? []], ['Tentative', []]);
  assert.deepEqual(failures, []);
});

test('the organiser takes one happening out with and without telling; the rest of the series stays', async (t) => {
  const { all, done, happening, mails, series, people: { anna, bert, carl }, failures } = await open(t, ['anna', 'carl']);
  const remove = async (index: number, how: string): Promise<void> => done(`<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="${how}"><m:ItemIds><t:ItemId Id="${await happening(bert, index)}"/></m:ItemIds></m:DeleteItem>`);
  await remove(2, 'SendToAllAndSaveCopy');
  await remove(3, 'SendOnlyToAll');
  await remove(4, 'SendToNone');
  await done(`<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:CancelCalendarItem>${to(await happening(bert, 5))}</t:CancelCalendarItem></m:Items></m:CreateItem>`);
  for (const who of [anna, carl]) {
    assert.deepEqual(await mails(who), [['Request', undefined], ['Canceled', at(2)], ['Canceled', at(3)], ['Canceled', at(5)]]);
    assert.deepEqual((await series(who)).calendar?.deletedOccurrences, [at(2), at(3), at(5)]);
    assert.equal((await all(who, 'calendar')).length, 1);
  }
  assert.deepEqual((await series(bert)).calendar?.deletedOccurrences, [at(2), at(3), at(4), at(5)]);
  assert.deepEqual((await all(bert, 'sentitems')).map(({ properties }) => properties['calendar:RecurrenceId']), [undefined, at(2)]);
  assert.deepEqual(failures, []);
});

test('answers that come at once are all entered', async (t) => {
  const { respond, happening, answers, people, failures } = await open(t, ['anna', 'carl']);
  const ids = await Promise.all((['anna', 'carl'] as const).flatMap((name) => [1, 2, 3, 4, 5].map(async (index) => ({ name, id: await happening(people[name], index) }))));
  await Promise.all(ids.map(({ name, id }, index) => respond(index % 2 === 0 ? 'AcceptItem' : 'TentativelyAcceptItem', to(id), name)));
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(answers)), [0, 1, 0, 1, 0].map((odd) => ({ anna: odd === 0 ? 'Accept' : 'Tentative', carl: odd === 1 ? 'Accept' : 'Tentative' })));
  assert.deepEqual(failures, []);
});

test('what removes a cancelled happening from the calendar leaves the rest of the series', async (t) => {
  const { all, done, happening, series, people: { anna, bert }, failures } = await open(t);
  await done(`<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:CancelCalendarItem>${to(await happening(bert, 2))}</t:CancelCalendarItem></m:Items></m:CreateItem>`);
  const cancellation = (await all(anna, 'inbox')).find(({ itemClass }) => itemClass === 'IPM.Schedule.Meeting.Canceled');
  await done(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:RemoveItem>${to(cancellation?.id ?? '')}</t:RemoveItem></m:Items></m:CreateItem>`, 'anna');
  assert.deepEqual([(await series(anna)).calendar?.deletedOccurrences, (await all(anna, 'inbox')).length], [[at(2)], 1]);
  assert.deepEqual(failures, []);
});

test('who had one happening and is then invited to the series has it once, with the answer', async (t) => {
  const { invite, all, done, respond, series, answers, people: { bert, carl }, failures } = await open(t);
  await invite(2, ['anna', 'carl'], 'SendToChangedAndSaveCopy');
  await respond('AcceptItem', to((await all(carl, 'inbox'))[0]?.id ?? ''), 'carl');
  await done(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToChangedAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="${(await series(bert)).id}"/><t:Updates>${field('calendar:RequiredAttendees', attendees(['anna', 'carl']))}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  const [own, ...more] = await all(carl, 'calendar');
  assert.deepEqual([more, own?.calendar?.recurrence !== undefined, own?.calendar?.modifiedOccurrences?.map(({ originalStart, freeBusyStatus }) => [originalStart, freeBusyStatus])], [[], true, [[at(2), 'Busy']]]);
  assert.deepEqual([await answers(2), await answers(3)], [{ anna: 'Unknown', carl: 'Accept' }, { anna: 'Unknown', carl: 'Unknown' }]);
  assert.deepEqual(failures, []);
});

test('who changes the list of attendees and says nothing of answers keeps those that came', async (t) => {
  const { all, done, respond, series, answers, people: { anna, bert }, failures } = await open(t);
  await respond('AcceptItem', to((await all(anna, 'inbox'))[0]?.id ?? ''), 'anna');
  await done(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToChangedAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="${(await series(bert)).id}"/><t:Updates>${field('calendar:RequiredAttendees', attendees(['anna', 'carl']))}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  assert.deepEqual(await answers(1), { anna: 'Accept', carl: 'Unknown' });
  assert.deepEqual(failures, []);
});

test('what cannot be answered is refused with the published code of that answer, and nothing goes', async (t) => {
  const { ask, all, done, series, people: { bert, anna }, failures } = await open(t);
  await done('<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>Dentist</t:Subject><t:Start>2026-12-20T10:00:00Z</t:Start><t:End>2026-12-20T11:00:00Z</t:End></t:CalendarItem></m:Items></m:CreateItem>');
  await done('<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>Mail</t:Subject></t:Message></m:Items></m:CreateItem>');
  const own = (await all(bert, 'calendar')).find(({ properties }) => properties['item:Subject'] === 'Dentist');
  const answer = async (name: string, id: string, as: Name = 'bert'): Promise<unknown> => (await ask(`<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:${name}>${to(id)}</t:${name}></m:Items></m:CreateItem>`, { as })).codes[0];
  const each = async (id: string, as?: Name): Promise<readonly unknown[]> => [await answer('AcceptItem', id, as), await answer('TentativelyAcceptItem', id, as), await answer('DeclineItem', id, as)];
  const organizers = ['ErrorCalendarIsOrganizerForAccept', 'ErrorCalendarIsOrganizerForTentative', 'ErrorCalendarIsOrganizerForDecline'];
  assert.deepEqual(await each(own?.id ?? ''), organizers);
  assert.deepEqual(await each((await series(bert)).id), organizers);
  assert.equal((await all(bert, 'calendar')).length, 2);
  await done(`<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:CancelCalendarItem>${to((await series(bert)).id)}</t:CancelCalendarItem></m:Items></m:CreateItem>`);
  assert.deepEqual(await each((await series(anna)).id, 'anna'), ['ErrorCalendarIsCancelledForAccept', 'ErrorCalendarIsCancelledForTentative', 'ErrorCalendarIsCancelledForDecline']);
  const drafts = await ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="drafts"/></m:ParentFolderIds></m:FindItem>');
  assert.deepEqual(await each(idOf(drafts.body)), ['ErrorInvalidItemForOperationAcceptItem', 'ErrorInvalidItemForOperationTentative', 'ErrorInvalidItemForOperationDeclineItem']);
  assert.deepEqual(failures, []);
});

test('one happening stays between its neighbours, keeps its day when only its end changes, and has no recurrence of its own', async (t) => {
  const { ask, happening, series, people: { bert }, failures } = await open(t);
  const change = async (index: number, updates: string): Promise<unknown> => (await ask(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:ItemId Id="${await happening(bert, index)}"/><t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`)).codes[0];
  const times = (from: string, to: string): string => field('calendar:Start', `<t:Start>2026-12-${from}:00Z</t:Start>`) + field('calendar:End', `<t:End>2026-12-${to}:00Z</t:End>`);
  const modified = async (): Promise<readonly (readonly number[])[]> => ((await series(bert)).calendar?.modifiedOccurrences ?? []).map(({ originalStart, start, end }) => [originalStart, start, end]);
  assert.equal(await change(3, times('04T12:00', '04T13:00')), 'ErrorOccurrenceCrossingBoundary');
  assert.equal(await change(3, times('04T09:30', '04T10:30')), 'ErrorOccurrenceCrossingBoundary');
  assert.equal(await change(3, times('02T09:00', '02T09:30')), 'ErrorOccurrenceCrossingBoundary');
  assert.equal(await change(3, field('calendar:Recurrence', recurrence)), 'ErrorInvalidPropertySet');
  assert.deepEqual(await modified(), []);
  assert.equal(await change(3, field('calendar:End', '<t:End>2026-12-03T12:00:00Z</t:End>')), 'NoError');
  assert.deepEqual(await modified(), [[at(3), at(3), at(3) + 2 * 3_600_000]]);
  assert.equal(await change(3, field('calendar:Start', '<t:Start>2026-12-03T15:00:00Z</t:Start>')), 'NoError');
  assert.deepEqual(await modified(), [[at(3), at(3) + 5 * 3_600_000, at(3) + 7 * 3_600_000]]);
  assert.deepEqual(failures, []);
});

test('a series at another time has its exceptions no more, and who was invited to one of them alone is told', async (t) => {
  const { invite, change, done, all, happening, series, people: { anna, bert, carl }, failures } = await open(t);
  await invite(2, ['anna', 'carl'], 'SendToChangedAndSaveCopy');
  await change(3, field('calendar:Start', '<t:Start>2026-12-03T15:00:00Z</t:Start>'), 'SendToNone');
  await done(`<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds><t:ItemId Id="${await happening(bert, 5)}"/></m:ItemIds></m:DeleteItem>`);
  await done(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="${(await series(bert)).id}"/><t:Updates>${field('calendar:Start', '<t:Start>2026-12-01T12:00:00Z</t:Start>')}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  for (const who of [bert, anna]) {
    const { calendar } = await series(who);
    assert.deepEqual([calendar?.start, calendar?.end, calendar?.modifiedOccurrences ?? [], calendar?.deletedOccurrences ?? []], [at(1) + 2 * 3_600_000, at(1) + 3 * 3_600_000, [], []]);
  }
  assert.deepEqual((await all(carl, 'calendar')).map(({ calendar, properties }) => [calendar?.start, properties['calendar:IsCancelled']]), [[at(2), true]]);
  assert.deepEqual(Object.keys((await series(bert)).properties).filter((key) => key.includes(String(at(2)))), []);
  assert.deepEqual(failures, []);
});
