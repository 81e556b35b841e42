import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { childText, findAttribute, parseXml } from '../../src/xml/index.ts';
import type { XmlElement } from '../../src/xml/index.ts';
import type { LabAccount } from '../../src/lab/index.ts';
import { basic, post, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

const timeout = 240_000;
const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

let fixture: LabFixture;

before(async () => {
  fixture = await startLabFixture();
});
after(() => fixture.close());

/** Asks the person's own organisation; every response message has to be a success. */
async function ask(who: LabAccount, body: string): Promise<XmlElement> {
  const url = fixture.info.parties[who.side === 'cloud' ? 'cloud' : 'onPremises'].urls['ews'] ?? '';
  const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${messages}" xmlns:t="${types}"><s:Header><t:RequestServerVersion Version="Exchange2016"/><t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
  const { status, text } = await post(fixture, url, envelope, { authorization: basic(who) });
  assert.equal(status, 200, text);
  assert.doesNotMatch(text, /ResponseClass="Error"/, text);
  return parseXml(Buffer.from(text));
}

function all(element: XmlElement, local: string): XmlElement[] {
  return [...(element.local === local ? [element] : []), ...element.children.flatMap((child) => all(child, local))];
}

const textOf = (element: XmlElement | undefined, name: string): string | undefined => (element === undefined ? undefined : all(element, name)[0]?.text);

async function items(who: LabAccount, folder: string): Promise<readonly XmlElement[]> {
  const found = await ask(who, `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="30" Offset="0" BasePoint="Beginning"/><m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:DateTimeCreated"/></t:FieldOrder></m:SortOrder><m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds></m:FindItem>`);
  const ids = all(found, 'ItemId').map((id) => `<t:ItemId Id="${findAttribute(id, 'Id') ?? ''}"/>`);
  if (ids.length === 0) return [];
  const read = await ask(who, `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:IncludeMimeContent>false</t:IncludeMimeContent><t:BodyType>Text</t:BodyType></m:ItemShape><m:ItemIds>${ids.join('')}</m:ItemIds></m:GetItem>`);
  return all(read, 'Items').flatMap(({ children }) => children);
}

/** Looks until there is such an item: mail takes its time. */
async function waitFor(who: LabAccount, folder: string, fits: (item: XmlElement) => boolean): Promise<XmlElement> {
  for (;;) {
    const found = (await items(who, folder)).find(fits);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const hasSubject = (subject: string) => (item: XmlElement): boolean => childText(item, types, 'Subject') === subject;
const idOf = (item: XmlElement): string => {
  const [id] = all(item, 'ItemId');
  assert.ok(id !== undefined);
  return `<t:ItemId Id="${findAttribute(id, 'Id') ?? ''}" ChangeKey="${findAttribute(id, 'ChangeKey') ?? ''}"/>`;
};

const mailbox = (address: string): string => `<t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox>`;

async function send(who: LabAccount, to: string, subject: string): Promise<void> {
  await ask(who, `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Body BodyType="HTML">&lt;p&gt;Grüße&lt;/p&gt;</t:Body><t:ToRecipients>${mailbox(to)}</t:ToRecipients></t:Message></m:Items></m:CreateItem>`);
}

function people(): { premises: LabAccount; cloud: LabAccount } {
  return { premises: fixture.account('bert@contoso.test'), cloud: fixture.account('anna@contoso.test') };
}

const attendeesOf = (item: XmlElement): Record<string, string | undefined> => Object.fromEntries(all(item, 'Attendee').map((attendee) => [textOf(attendee, 'EmailAddress'), textOf(attendee, 'ResponseType')]));

test('mail goes from each organisation to the other, and comes back where nobody has the address', { timeout }, async () => {
  const { premises, cloud } = people();
  await send(premises, cloud.address, 'To the cloud');
  const there = await waitFor(cloud, 'inbox', hasSubject('To the cloud'));
  assert.equal(textOf(all(there, 'From')[0], 'EmailAddress'), premises.address);
  assert.match(textOf(there, 'Body') ?? '', /Grüße/);
  // An answer, as a client makes it.
  await ask(cloud, `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:ReplyToItem><t:ReferenceItemId ${idOf(there).slice('<t:ItemId '.length)}<t:NewBodyContent BodyType="Text">Thanks</t:NewBodyContent></t:ReplyToItem></m:Items></m:CreateItem>`);
  const back = await waitFor(premises, 'inbox', hasSubject('RE: To the cloud'));
  assert.match(textOf(back, 'Body') ?? '', /Thanks/);
  await send(cloud, 'nobody@contoso.test', 'Into the void');
  const report = await waitFor(cloud, 'inbox', hasSubject('Undeliverable: Into the void'));
  assert.match(textOf(report, 'Body') ?? '', /550 5\.1\.10/);
});

for (const direction of ['cloud to premises', 'premises to cloud'] as const) {
  test(`a meeting from ${direction}: invitation, acceptance, update and cancellation`, { timeout }, async () => {
    const { premises, cloud } = people();
    const [organizer, attendee] = direction === 'cloud to premises' ? [cloud, premises] : [premises, cloud];
    const subject = `Review, ${direction}`;
    const body = `<t:CalendarItem><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">Agenda</t:Body><t:Start>2027-03-24T10:00:00</t:Start><t:End>2027-03-24T11:00:00</t:End><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus><t:Location>Room 7</t:Location><t:RequiredAttendees><t:Attendee>${mailbox(attendee.address)}</t:Attendee></t:RequiredAttendees><t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Wednesday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2027-03-24</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence></t:CalendarItem>`;
    await ask(organizer, `<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items>${body}</m:Items></m:CreateItem>`);

    const request = await waitFor(attendee, 'inbox', hasSubject(subject));
    assert.equal(request.local, 'MeetingRequest');
    const entered = await waitFor(attendee, 'calendar', hasSubject(subject));
    assert.equal(childText(entered, types, 'LegacyFreeBusyStatus'), 'Tentative');
    assert.equal(childText(entered, types, 'Location'), 'Room 7');
    assert.match(childText(request, types, 'Body') ?? '', /Agenda/);
    assert.match(childText(entered, types, 'Body') ?? '', /Agenda/);
    assert.equal(childText(entered, types, 'MyResponseType'), 'NoResponseReceived');
    assert.equal(childText(entered, types, 'Start'), '2027-03-24T09:00:00Z');
    // The clocks go forward between the first and the second: the third starts at ten by the wall all the same.
    assert.equal(textOf(all(entered, 'LastOccurrence')[0], 'Start'), '2027-04-07T08:00:00Z');

    await ask(attendee, `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:AcceptItem><t:ReferenceItemId ${idOf(request).slice('<t:ItemId '.length)}</t:AcceptItem></m:Items></m:CreateItem>`);
    const response = await waitFor(organizer, 'inbox', hasSubject(`Accepted: ${subject}`));
    assert.equal(response.local, 'MeetingResponse');
    const own = await waitFor(organizer, 'calendar', (item) => hasSubject(subject)(item) && attendeesOf(item)[attendee.address] === 'Accept');

    await ask(organizer, `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy"><m:ItemChanges><t:ItemChange>${idOf(own)}<t:Updates><t:SetItemField><t:FieldURI FieldURI="calendar:Location"/><t:CalendarItem><t:Location>Room 8</t:Location></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
    const moved = await waitFor(attendee, 'calendar', (item) => hasSubject(subject)(item) && childText(item, types, 'Location') === 'Room 8');
    assert.equal(childText(moved, types, 'MyResponseType'), 'Accept');
    assert.equal(childText(moved, types, 'LegacyFreeBusyStatus'), 'Busy');

    const now = await waitFor(organizer, 'calendar', hasSubject(subject));
    await ask(organizer, `<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToAllAndSaveCopy"><m:ItemIds>${idOf(now)}</m:ItemIds></m:DeleteItem>`);
    const cancellation = await waitFor(attendee, 'inbox', hasSubject(`Canceled: ${subject}`));
    assert.equal(cancellation.local, 'MeetingCancellation');
    const struck = await waitFor(attendee, 'calendar', hasSubject(`Canceled: ${subject}`));
    assert.equal(childText(struck, types, 'LegacyFreeBusyStatus'), 'Free');
    assert.equal(childText(struck, types, 'IsCancelled'), 'true');
  });
}

/** A response object: what comes before the reference, and what after it. */
const answering = (name: string, request: XmlElement, before = '', behind = ''): string => `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:${name}>${before}<t:ReferenceItemId ${idOf(request).slice('<t:ItemId '.length)}${behind}</t:${name}></m:Items></m:CreateItem>`;

for (const direction of ['cloud to premises', 'premises to cloud'] as const) {
  test(`a meeting from ${direction}: another time is proposed and taken, and the request is passed on`, { timeout }, async () => {
    const { premises, cloud } = people();
    const [organizer, attendee] = direction === 'cloud to premises' ? [cloud, premises] : [premises, cloud];
    const subject = `Proposal, ${direction}`;
    await ask(organizer, `<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>2027-04-20T10:00:00</t:Start><t:End>2027-04-20T11:00:00</t:End><t:RequiredAttendees><t:Attendee>${mailbox(attendee.address)}</t:Attendee></t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>`);
    const request = await waitFor(attendee, 'inbox', hasSubject(subject));
    await ask(attendee, answering('TentativelyAcceptItem', request, '<t:Body BodyType="Text">Rather in the afternoon</t:Body>', '<t:ProposedStart>2027-04-20T12:00:00Z</t:ProposedStart><t:ProposedEnd>2027-04-20T13:00:00Z</t:ProposedEnd>'));
    const response = await waitFor(organizer, 'inbox', hasSubject(`New Time Proposed: ${subject}`));
    assert.equal(response.local, 'MeetingResponse');
    assert.match(childText(response, types, 'Body') ?? '', /Rather in the afternoon/);
    const proposed = await waitFor(organizer, 'calendar', (item) => hasSubject(subject)(item) && attendeesOf(item)[attendee.address] === 'Tentative');
    assert.deepEqual([textOf(proposed, 'ProposedStart'), textOf(proposed, 'ProposedEnd'), childText(proposed, types, 'Start')], ['2027-04-20T12:00:00Z', '2027-04-20T13:00:00Z', '2027-04-20T08:00:00Z']);

    const times = (['Start', 'End'] as const).map((name, index) => `<t:SetItemField><t:FieldURI FieldURI="calendar:${name}"/><t:CalendarItem><t:${name}>2027-04-20T1${index + 2}:00:00Z</t:${name}></t:CalendarItem></t:SetItemField>`).join('');
    await ask(organizer, `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy"><m:ItemChanges><t:ItemChange>${idOf(proposed)}<t:Updates>${times}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
    const moved = await waitFor(attendee, 'calendar', (item) => hasSubject(subject)(item) && childText(item, types, 'Start') === '2027-04-20T12:00:00Z');
    // Neither side takes the old answer for one to the new time.
    assert.deepEqual([childText(moved, types, 'MyResponseType'), childText(moved, types, 'LegacyFreeBusyStatus')], ['NoResponseReceived', 'Tentative']);
    assert.equal(attendeesOf(await waitFor(organizer, 'calendar', hasSubject(subject)))[attendee.address], 'Unknown');

    const colleague = fixture.info.accounts.find((account) => account.side === attendee.side && account.address !== attendee.address && account.address !== organizer.address && account.password !== '') ?? assert.fail('nobody to pass it on to');
    await ask(attendee, answering('ForwardItem', moved, `<t:ToRecipients>${mailbox(colleague.address)}</t:ToRecipients>`));
    const passedOn = await waitFor(colleague, 'inbox', hasSubject(`FW: ${subject}`));
    assert.equal(passedOn.local, 'MeetingRequest');
    await waitFor(colleague, 'calendar', hasSubject(`FW: ${subject}`));
    await ask(colleague, answering('AcceptItem', passedOn));
    const answered = await waitFor(organizer, 'calendar', (item) => hasSubject(subject)(item) && Object.values(attendeesOf(item)).includes('Accept'));
    assert.equal(all(all(answered, 'OptionalAttendees')[0] ?? answered, 'ResponseType')[0]?.text, 'Accept');
  });
}

for (const direction of ['cloud to premises', 'premises to cloud'] as const) {
  test(`one happening of a series from ${direction}: answered, joined, left and cancelled by itself`, { timeout }, async () => {
    const { premises, cloud } = people();
    const [organizer, attendee] = direction === 'cloud to premises' ? [cloud, premises] : [premises, cloud];
    const colleague = fixture.info.accounts.find((account) => account.side === attendee.side && account.kind === 'user' && account.address !== attendee.address) ?? assert.fail('nobody to join');
    const subject = `Stand-up, ${direction}`;
    const invited = (list: readonly LabAccount[]): string => `<t:RequiredAttendees>${list.map(({ address }) => `<t:Attendee>${mailbox(address)}</t:Attendee>`).join('')}</t:RequiredAttendees>`;
    const series = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2027-03-26</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    await ask(organizer, `<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>2027-03-26T10:00:00</t:Start><t:End>2027-03-26T10:30:00</t:End>${invited([attendee])}${series}</t:CalendarItem></m:Items></m:CreateItem>`);
    await waitFor(attendee, 'calendar', hasSubject(subject));
    const happening = async (who: LabAccount, index: number): Promise<XmlElement> => {
      const { [0]: id = '' } = idOf(await waitFor(who, 'calendar', hasSubject(subject))).match(/(?<=Id=")[^"]+/) ?? [];
      return ask(who, `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds><t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="${index}"/></m:ItemIds></m:GetItem>`);
    };
    const becomes = async (index: number, answers: Record<string, string>): Promise<void> => {
      for (;;) {
        const found = attendeesOf(await happening(organizer, index));
        if (Object.keys(found).length === Object.keys(answers).length && Object.entries(answers).every(([address, answer]) => found[address] === answer)) return;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    };
    // The third is after the change of the clocks.
    for (const [index, name] of [[2, 'TentativelyAcceptItem'], [3, 'DeclineItem'], [4, 'AcceptItem']] as const) await ask(attendee, answering(name, await happening(attendee, index)));
    for (const [index, answer] of [[1, 'Unknown'], [2, 'Tentative'], [3, 'Decline'], [4, 'Accept']] as const) await becomes(index, { [attendee.address]: answer });

    const field = '<t:FieldURI FieldURI="calendar:RequiredAttendees"/>';
    const change = async (index: number, list: readonly LabAccount[]): Promise<XmlElement> => ask(organizer, `<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToChangedAndSaveCopy"><m:ItemChanges><t:ItemChange>${idOf(await happening(organizer, index))}<t:Updates>${list.length === 0 ? `<t:DeleteItemField>${field}</t:DeleteItemField>` : `<t:SetItemField>${field}<t:CalendarItem>${invited(list)}</t:CalendarItem></t:SetItemField>`}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
    await change(1, [attendee, colleague]);
    await change(5, [attendee, colleague]);
    const joined = await waitFor(colleague, 'inbox', (item) => hasSubject(subject)(item) && childText(item, types, 'Start') === '2027-03-26T09:00:00Z');
    await waitFor(colleague, 'calendar', (item) => hasSubject(subject)(item) && childText(item, types, 'Start') === '2027-03-30T08:00:00Z');
    const own = await waitFor(colleague, 'calendar', (item) => hasSubject(subject)(item) && childText(item, types, 'Start') === '2027-03-26T09:00:00Z');
    assert.deepEqual([childText(own, types, 'IsRecurring'), childText(own, types, 'CalendarItemType')], ['false', 'Single']);
    await ask(colleague, answering('AcceptItem', joined));
    await becomes(1, { [attendee.address]: 'Unknown', [colleague.address]: 'Accept' });
    await becomes(2, { [attendee.address]: 'Tentative' });
    await change(1, [attendee]);
    await waitFor(colleague, 'calendar', (item) => hasSubject(`Canceled: ${subject}`)(item) && childText(item, types, 'Start') === '2027-03-26T09:00:00Z');

    await change(2, []);
    await ask(organizer, answering('CancelCalendarItem', await happening(organizer, 4)));
    const deleted = (item: XmlElement): readonly (string | undefined)[] => all(item, 'DeletedOccurrence').map((one) => childText(one, types, 'Start'));
    const left = await waitFor(attendee, 'calendar', (item) => hasSubject(subject)(item) && deleted(item).length === 3);
    assert.deepEqual(new Set(deleted(left)), new Set(['2027-03-27T09:00:00Z', '2027-03-28T08:00:00Z', '2027-03-29T08:00:00Z']));
    const others = (await items(colleague, 'calendar')).filter(hasSubject(subject));
    assert.deepEqual(others.map((item) => childText(item, types, 'Start')), ['2027-03-30T08:00:00Z']);
  });
}
