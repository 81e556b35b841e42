import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OrganizationError, readICalendar } from '../../../organization/index.ts';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import type { TestService } from './service-fixture.ts';
import { below, codeOf, itemIdOf, openTestService } from './service-fixture.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus');

const event = ['BEGIN:VCALENDAR', 'PRODID:-//x//EN', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:one@x', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', 'SUMMARY:Jour fixe', 'DESCRIPTION:first\\nsecond', 'LOCATION:Room 1', 'X-OURS:kept', 'RRULE:FREQ=WEEKLY;COUNT=4', 'ORGANIZER;CN=Anna:mailto:anna@contoso.test', 'ATTENDEE;CN=Bert;PARTSTAT=TENTATIVE:mailto:bert@contoso.test', 'ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:carl@contoso.test', 'CATEGORIES:red,blue', 'PRIORITY:1', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT1H', 'DESCRIPTION:x', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

const createCalendar = (mime: string | Uint8Array, more = ''): string => `<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:MimeContent CharacterSet="UTF-8">${base64(mime)}</t:MimeContent>${more}</t:CalendarItem></m:Items></m:CreateItem>`;
const createMessage = (mime: string | Uint8Array): string => `<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:MimeContent>${base64(mime)}</t:MimeContent></t:Message></m:Items></m:CreateItem>`;
const get = (id: string, shape = 'IdOnly'): string => `<m:GetItem><m:ItemShape><t:BaseShape>${shape}</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`;
const update = (id: string, uri: string, inner: string, element = 'Message'): string =>
  `<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="${uri}"/><t:${element}>${inner}</t:${element}></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;

async function mimeOf(service: TestService, id: string): Promise<Buffer> {
  const [content] = below(await service.ask(get(id)), 'MimeContent');
  return Buffer.from(content?.text ?? '', 'base64');
}

test('an event by iCalendar becomes a calendar item, and reads back byte for byte', async (t) => {
  const service = await openTestService(t);
  const id = itemIdOf(await service.ask(createCalendar(event)));
  const messages = await service.ask(get(id, 'AllProperties'));
  const text = (local: string): string | undefined => below(messages, local)[0]?.text;
  assert.deepEqual(['Subject', 'Body', 'Location', 'Start', 'CalendarItemType', 'UID', 'Importance', 'ReminderMinutesBeforeStart', 'ItemClass'].map(text), ['Jour fixe', 'first\nsecond', 'Room 1', '2026-03-02T09:00:00Z', 'RecurringMaster', 'one@x', 'High', '60', 'IPM.Appointment']);
  assert.deepEqual(below(below(messages, 'RequiredAttendees'), 'EmailAddress').map((address) => address.text), ['bert@contoso.test']);
  assert.deepEqual(below(below(messages, 'OptionalAttendees'), 'EmailAddress').map((address) => address.text), ['carl@contoso.test']);
  assert.equal(below(below(messages, 'Organizer'), 'EmailAddress')[0]?.text, 'anna@contoso.test');
  assert.deepEqual(below(below(messages, 'Categories'), 'String').map((category) => category.text), ['red', 'blue']);
  assert.equal((await mimeOf(service, id)).toString(), event);
});

test('a changed event is written anew, with all that it keeps', async (t) => {
  const service = await openTestService(t);
  const id = itemIdOf(await service.ask(createCalendar(event)));
  await service.ask(update(id, 'item:Categories', '<t:Categories><t:String>green</t:String></t:Categories>', 'CalendarItem'));
  const text = (await mimeOf(service, id)).toString();
  for (const line of ['CATEGORIES:green', 'SUMMARY:Jour fixe', 'DESCRIPTION:first\\nsecond', 'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;WKST=MO;COUNT=4', 'ORGANIZER;CN=Anna:mailto:anna@contoso.test', 'TRIGGER;RELATED=START:-PT60M', 'PRIORITY:1']) assert.ok(text.includes(`\r\n${line}\r\n`), `${line}\n${text}`);
  assert.match(text.replaceAll('\r\n ', ''), /ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE;CN=Bert:mailto:bert@contoso\.test/);
  await service.ask(update(id, 'item:MimeContent', `<t:MimeContent>${base64(event.replace('Jour fixe', 'New').replace(/RRULE.*\r\n/, '').replace(/CATEGORIES.*\r\n/, ''))}</t:MimeContent>`, 'CalendarItem'));
  const messages = await service.ask(get(id, 'AllProperties'));
  assert.deepEqual([below(messages, 'Subject')[0]?.text, below(messages, 'CalendarItemType')[0]?.text, below(messages, 'Categories').length], ['New', 'Single', 0]);
  assert.match((await mimeOf(service, id)).toString(), /X-OURS:kept/);
});

test('an event made from properties reads back as iCalendar with its zone, exceptions and attendees; an occurrence by itself', async (t) => {
  const service = await openTestService(t);
  const id = itemIdOf(
    await service.ask(
      '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>Weekly</t:Subject><t:Body BodyType="HTML">&lt;p&gt;Bring &lt;b&gt;figures&lt;/b&gt;&lt;/p&gt;</t:Body><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>30</t:ReminderMinutesBeforeStart><t:UID>weekly@x</t:UID><t:Start>2026-03-02T09:00:00</t:Start><t:End>2026-03-02T10:00:00</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Anna</t:Name><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees><t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>6</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence><t:StartTimeZone Id="W. Europe Standard Time"/></t:CalendarItem></m:Items></m:CreateItem>',
    ),
  );
  const second = itemIdOf(await service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="2"/></m:ItemIds></m:GetItem>`));
  await service.ask(update(second, 'calendar:Location', '<t:Location>Room 2</t:Location>', 'CalendarItem'));
  await service.ask(`<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds><t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="3"/></m:ItemIds></m:DeleteItem>`);
  const text = (await mimeOf(service, id)).toString().replaceAll('\r\n ', '');
  for (const line of ['BEGIN:VTIMEZONE', 'DTSTART;TZID=W. Europe Standard Time:20260302T090000', 'RECURRENCE-ID;TZID=W. Europe Standard Time:20260309T090000', 'LOCATION:Room 2', 'EXDATE;TZID=W. Europe Standard Time:20260316T090000', 'ORGANIZER;CN=bert:mailto:bert@contoso.test', 'TRIGGER;RELATED=START:-PT30M', 'METHOD:REQUEST']) assert.ok(text.includes(`\r\n${line}\r\n`), `${line}\n${text}`);
  assert.match(text, /DESCRIPTION:Bring figures/);
  assert.match(text, /X-ALT-DESC;FMTTYPE=text\/html:<p>Bring <b>figures/);
  const one = (await mimeOf(service, second)).toString();
  assert.match(one, /RECURRENCE-ID;TZID=W\. Europe Standard Time:20260309T090000/);
  assert.doesNotMatch(one, /^RRULE:(?!FREQ=YEARLY)/m);
  assert.equal(readICalendar(one, { timeZone: 'UTC' }).items.length, 1);
});

test('a whole message with a calendar part is an event, as some gateways send it', async (t) => {
  const service = await openTestService(t);
  const message = `MIME-Version: 1.0\r\nSubject: ignored\r\nContent-class: urn:content-classes:appointment\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: text/calendar; charset=utf-8; method=PUBLISH\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(event.replace('Jour fixe', 'Änderung').replace(/DESCRIPTION:first.*\r\n/, ''))}\r\n--b--\r\n`;
  const id = itemIdOf(await service.ask(createCalendar(message)));
  const messages = await service.ask(get(id, 'AllProperties'));
  assert.deepEqual([below(messages, 'Subject')[0]?.text, below(messages, 'Body')[0]?.text], ['Änderung', 'hello']);
  assert.match((await mimeOf(service, id)).toString(), /^BEGIN:VCALENDAR/);
});

test('what is no event is refused, with the line at fault; properties of the request win over the MIME content', async (t) => {
  const service = await openTestService(t);
  const cases: [string, RegExp][] = [
    ['Subject: x\r\n\r\nplain', /no text\/calendar part/],
    [event.replace('DTSTART:2026', 'DTSTART:XX'), /line 7/],
    [event.replace('END:VEVENT', 'END:VEVENT\r\nBEGIN:VEVENT\r\nUID:two\r\nDTSTART:20260302T090000Z\r\nEND:VEVENT'), /several events/],
    ['BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', /no event/],
  ];
  for (const [mime, reason] of cases) {
    const [message] = await service.attempt(createCalendar(mime));
    assert.equal(codeOf(message), 'ErrorMimeContentInvalid');
    assert.match(message?.children.find(({ local }) => local === 'MessageText')?.text ?? '', reason);
  }
  const id = itemIdOf(await service.ask(createCalendar(event, '<t:Subject>Mine</t:Subject>')));
  assert.match((await mimeOf(service, id)).toString(), /SUMMARY:Mine\r\n/);
});

test('new MIME content of a message replaces all that the old one said', async (t) => {
  const service = await openTestService(t);
  const first = 'From: a@x.test\r\nCc: c@x.test\r\nSubject: one\r\nImportance: high\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nfirst body\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n';
  const second = 'From: b@x.test\r\nSubject: two\r\n\r\nsecond body\r\n';
  const id = itemIdOf(await service.ask(createMessage(first)));
  // Once as it came, once after it was taken apart.
  for (const isApart of [false, true]) {
    if (isApart) await service.ask(update(id, 'item:Subject', '<t:Subject>between</t:Subject>'));
    await service.ask(update(id, 'item:MimeContent', `<t:MimeContent>${base64(isApart ? first : second)}</t:MimeContent>`));
    const messages = await service.ask(get(id, 'AllProperties'));
    const seen = ['Subject', 'Importance', 'HasAttachments'].map((local) => below(messages, local)[0]?.text);
    assert.deepEqual([...seen, below(messages, 'CcRecipients').length, below(messages, 'FileAttachment').length], isApart ? ['one', 'High', 'true', 1, 1] : ['two', 'Normal', 'false', 0, 0]);
    assert.match(below(messages, 'Body')[0]?.text ?? '', isApart ? /first body/ : /second body/);
    assert.equal((await mimeOf(service, id)).toString(), isApart ? first : second);
  }
  await service.ask(`<m:CreateAttachment><m:ParentItemId Id="${id}"/><m:Attachments><t:FileAttachment><t:Name>b.txt</t:Name><t:Content>eA==</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`);
  await service.ask(update(id, 'item:MimeContent', `<t:MimeContent>${base64(second)}</t:MimeContent>`));
  const messages = await service.ask(get(id, 'AllProperties'));
  assert.deepEqual([below(messages, 'HasAttachments')[0]?.text, below(messages, 'FileAttachment').length], ['false', 0]);
  assert.equal((await mimeOf(service, id)).toString(), second);
});

test('items attached to a message made from properties stand in its MIME content', async (t) => {
  const service = await openTestService(t);
  const id = itemIdOf(
    await service.ask(
      `<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>outer</t:Subject><t:Body BodyType="Text">see below</t:Body><t:Attachments><t:ItemAttachment><t:Name>kept</t:Name><t:Message><t:MimeContent>${base64('From: a@x.test\r\nSubject: inner one\r\n\r\nas it came\r\n')}</t:MimeContent></t:Message></t:ItemAttachment><t:ItemAttachment><t:Name>made</t:Name><t:Message><t:Subject>inner two</t:Subject><t:Body BodyType="Text">from properties</t:Body></t:Message></t:ItemAttachment></t:Attachments></t:Message></m:Items></m:CreateItem>`,
    ),
  );
  const mime = await mimeOf(service, id);
  const copy = itemIdOf(await service.ask(createMessage(mime)));
  const attached = below(await service.ask(get(copy, 'AllProperties')), 'ItemAttachment');
  assert.deepEqual(below(attached, 'Name').map(({ text }) => text), ['kept', 'made']);
  assert.ok(mime.includes('From: a@x.test\r\nSubject: inner one\r\n\r\nas it came\r\n'), mime.toString());
  assert.match(mime.toString(), /Subject: inner two[^]*from properties/);
});

test('an invitation carries iCalendar in its message', async (t) => {
  const service = await openTestService(t);
  await service.ask('<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>Plan</t:Subject><t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>');
  const find = '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>';
  const id = itemIdOf(await service.ask(find, service.anna));
  const [content] = below(await service.ask(get(id), service.anna), 'MimeContent');
  const mime = Buffer.from(content?.text ?? '', 'base64');
  const copy = itemIdOf(await service.ask(createCalendar(mime), service.anna));
  assert.match(mime.toString(), /Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  assert.equal(below(await service.ask(get(copy, 'Default'), service.anna), 'Subject')[0]?.text, 'Plan');
});

test('the corpus goes in by MIME and comes out unharmed', { skip: existsSync(corpus) ? false : 'the corpus is not here' }, async (t) => {
  const service = await openTestService(t);
  let [mails, events, refused] = [0, 0, 0];
  for (const name of readdirSync(join(corpus, 'eml')).filter((file) => file.endsWith('.eml'))) {
    const mime = readFileSync(join(corpus, 'eml', name));
    const id = itemIdOf(await service.ask(createMessage(mime)));
    assert.ok((await mimeOf(service, id)).equals(mime), name);
    assert.equal(codeOf((await service.ask(get(id, 'AllProperties')))[0]), 'NoError', name);
    mails += 1;
  }
  for (const name of readdirSync(join(corpus, 'ics')).filter((file) => file.endsWith('.ics'))) {
    const mime = readFileSync(join(corpus, 'ics', name));
    const [message] = await service.attempt(createCalendar(mime));
    if (codeOf(message) !== 'NoError') {
      // Refused for the reason for which an import refuses it, or because it is not one event.
      assert.equal(codeOf(message), 'ErrorMimeContentInvalid', name);
      const reason = message?.children.find(({ local }) => local === 'MessageText')?.text ?? '';
      if (!/several events|no event|no text\/calendar/.test(reason)) assert.throws(() => readICalendar(mime, { timeZone: 'UTC' }), (error: unknown) => error instanceof OrganizationError && error.message === reason, `${name}: ${reason}`);
      refused += 1;
      continue;
    }
    const text = await mimeOf(service, itemIdOf(message === undefined ? [] : [message]));
    assert.equal(readICalendar(text, { timeZone: 'UTC' }).items.length, 1, name);
    events += 1;
  }
  assert.ok(mails > 50 && events > 15, JSON.stringify({ mails, events, refused }));
});

test('a message and an attachment of megabytes come back byte for byte', async (t) => {
  const service = await openTestService(t);
  const line = `${'0123456789'.repeat(7)}\r\n`;
  const bytes = Buffer.from(`Subject: large\r\nTo: anna@contoso.test\r\n\r\n${line.repeat(20_000)}`);
  const inLines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  const mime = `<t:MimeContent CharacterSet="UTF-8">${inLines}</t:MimeContent>`;
  const get = async (id: string): Promise<Buffer> => Buffer.from(below(await service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`), 'MimeContent')[0]?.text ?? '', 'base64');
  const id = itemIdOf(await service.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message>${mime}</t:Message></m:Items></m:CreateItem>`));
  assert.ok((await get(id)).equals(bytes));
  await service.ask(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message>${mime}<t:Subject>large</t:Subject></t:Message></m:Items></m:CreateItem>`);
  const arrived = await service.ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>', service.anna);
  assert.equal(below(arrived, 'Subject')[0]?.text, 'large');
  const attached = await service.ask(`<m:CreateAttachment><m:ParentItemId Id="${id}"/><m:Attachments><t:FileAttachment><t:Name>n</t:Name><t:Content>${inLines}</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`);
  const file = findAttribute(below(attached, 'AttachmentId')[0] as XmlElement, 'Id');
  const [content] = below(await service.ask(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${file}"/></m:AttachmentIds></m:GetAttachment>`), 'Content');
  assert.ok(Buffer.from(content?.text ?? '', 'base64').equals(bytes));
  assert.equal(codeOf((await service.attempt(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="x"/><t:Data>${inLines}</t:Data></t:Item></m:Items></m:UploadItems>`))[0]), 'ErrorInvalidIdMalformed');
});

test('an occurrence has a body of its own, which its series and its other occurrences do not show', async (t) => {
  const service = await openTestService(t);
  const series = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
  const id = itemIdOf(await service.ask(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>x</t:Subject><t:Body BodyType="Text">of all</t:Body><t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>${series}</t:CalendarItem></m:Items></m:CreateItem>`));
  const reference = (index: number): string => `<t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="${index}"/>`;
  const update = (index: number, change: string): Promise<unknown> => service.ask(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>${reference(index)}<t:Updates>${change}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  const get = (named: string, mime = false): Promise<readonly XmlElement[]> => service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape><t:IncludeMimeContent>${mime}</t:IncludeMimeContent><t:AdditionalProperties><t:FieldURI FieldURI="item:TextBody"/></t:AdditionalProperties></m:ItemShape><m:ItemIds>${named}</m:ItemIds></m:GetItem>`);
  const bodyOf = async (named: string): Promise<(string | undefined)[]> => {
    const messages = await get(named);
    return ['Body', 'TextBody'].map((name) => below(messages, name)[0]?.text);
  };
  await update(2, '<t:SetItemField><t:FieldURI FieldURI="item:Body"/><t:CalendarItem><t:Body BodyType="HTML">&lt;p&gt;of the second&lt;/p&gt;</t:Body></t:CalendarItem></t:SetItemField>');
  await update(3, '<t:DeleteItemField><t:FieldURI FieldURI="item:Body"/></t:DeleteItemField>');
  assert.deepEqual(await bodyOf(reference(2)), ['<p>of the second</p>', 'of the second']);
  assert.deepEqual(await bodyOf(reference(3)), [undefined, undefined]);
  for (const named of [reference(1), reference(4), `<t:ItemId Id="${id}"/>`]) assert.deepEqual(await bodyOf(named), ['of all', 'of all']);
  const [mime] = below(await get(`<t:ItemId Id="${id}"/>`, true), 'MimeContent');
  const text = Buffer.from(mime?.text ?? '', 'base64').toString().replaceAll('\r\n ', '');
  assert.deepEqual([...text.matchAll(/^DESCRIPTION:(of .*|<p>.*)\r$/gm)].map(([, description]) => description), ['of all']);
  assert.ok(text.includes('X-ALT-DESC;FMTTYPE=text/html:<p>of the second</p>'));
  await update(2, '<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem><t:Subject>y</t:Subject></t:CalendarItem></t:SetItemField>');
  assert.deepEqual(await bodyOf(reference(2)), ['<p>of the second</p>', 'of the second']);
});

test('an occurrence has categories of its own, in views and in iCalendar too', async (t) => {
  const service = await openTestService(t);
  const categories = (...names: readonly string[]): string => `<t:Categories>${names.map((name) => `<t:String>${name}</t:String>`).join('')}</t:Categories>`;
  const series = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
  const id = itemIdOf(await service.ask(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>x</t:Subject>${categories('red')}<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>${series}</t:CalendarItem></m:Items></m:CreateItem>`));
  const update = (index: number, change: string): Promise<unknown> => service.ask(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="${index}"/><t:Updates>${change}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  await update(2, `<t:SetItemField><t:FieldURI FieldURI="item:Categories"/><t:CalendarItem>${categories('blue', 'green')}</t:CalendarItem></t:SetItemField>`);
  await update(3, '<t:DeleteItemField><t:FieldURI FieldURI="item:Categories"/></t:DeleteItemField>');
  const view = await service.ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Categories"/></t:AdditionalProperties></m:ItemShape><m:CalendarView StartDate="2026-03-01T00:00:00Z" EndDate="2026-04-01T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>');
  assert.deepEqual(below(view, 'CalendarItem').map((item) => below([item], 'String').map(({ text }) => text)), [['red'], ['blue', 'green'], []]);
  const whole = await service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
  const text = Buffer.from(below(whole, 'MimeContent')[0]?.text ?? '', 'base64').toString();
  assert.deepEqual([...text.matchAll(/^CATEGORIES:(.*)\r$/gm)].map(([, names]) => names), ['red', 'blue,green']);
});

test('an attached message made from properties keeps attachments of its own, in its MIME content', async (t) => {
  const service = await openTestService(t);
  const inner = '<t:ItemAttachment><t:Name>outer</t:Name><t:Message><t:Subject>middle</t:Subject><t:Body BodyType="Text">its text</t:Body><t:Attachments><t:FileAttachment><t:Name>a.txt</t:Name><t:Content>ZWxldmVu</t:Content></t:FileAttachment><t:ItemAttachment><t:Name>deep</t:Name><t:Message><t:Subject>innermost</t:Subject><t:Attachments><t:FileAttachment><t:Name>b.txt</t:Name><t:Content>dHdlbHZl</t:Content></t:FileAttachment></t:Attachments></t:Message></t:ItemAttachment></t:Attachments></t:Message></t:ItemAttachment>';
  const created = await service.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>top</t:Subject><t:Attachments>${inner}</t:Attachments></t:Message></m:Items></m:CreateItem>`);
  const added = await service.ask(`<m:CreateAttachment><m:ParentItemId Id="${itemIdOf(created)}"/><m:Attachments>${inner}</m:Attachments></m:CreateAttachment>`);
  for (const messages of [created, added]) {
    const id = findAttribute(below(messages, 'AttachmentId')[0] as XmlElement, 'Id');
    const attached = await service.ask(`<m:GetAttachment><m:AttachmentShape><t:BodyType>Text</t:BodyType></m:AttachmentShape><m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds></m:GetAttachment>`);
    assert.deepEqual([below(attached, 'Subject')[0]?.text, below(attached, 'Body')[0]?.text.trim()], ['middle', 'its text']);
  }
  const whole = await service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${itemIdOf(created)}"/></m:ItemIds></m:GetItem>`);
  const text = Buffer.from(below(whole, 'MimeContent')[0]?.text ?? '', 'base64').toString();
  for (const part of ['Subject: middle', 'Subject: innermost', 'ZWxldmVu', 'dHdlbHZl']) assert.equal(text.split(part).length, 3, part);
});
