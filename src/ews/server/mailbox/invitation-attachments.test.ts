import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../../xml/index.ts';
import { descendants, idOf, openEwsFixture, textOf } from '../ews-fixture.ts';

test('what an organiser attaches to a meeting stands in the attendee’s request and calendar, and in its MIME content', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const file = (name: string): string => `<t:FileAttachment><t:Name>${name}</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>${Buffer.from(`content of ${name}`).toString('base64')}</t:Content></t:FileAttachment>`;
  const attendees = ['bert', 'carl'].map((name) => `<t:Attendee><t:Mailbox><t:EmailAddress>${name}@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee>`).join('');
  const created = await fixture.ask(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>Review</t:Subject><t:Attachments>${file('agenda.txt')}</t:Attachments><t:Start>2026-12-01T09:00:00Z</t:Start><t:End>2026-12-01T10:00:00Z</t:End><t:RequiredAttendees>${attendees}</t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>`, { as: 'anna' });
  assert.deepEqual(created.codes, ['NoError']);
  const meeting = idOf(created.body);

  const only = async (as: 'anna' | 'bert' | 'carl', folder: string): Promise<string> => {
    const { body } = await fixture.ask(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds></m:FindItem>`, { as });
    const ids = descendants(body, 'ItemId').map((element) => findAttribute(element, 'Id') ?? '');
    assert.equal(ids.length, 1, `${as} ${folder}`);
    return ids[0] ?? '';
  };
  const attached = async (as: 'anna' | 'bert' | 'carl', id: string): Promise<string[]> => {
    const { body } = await fixture.ask(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`, { as });
    const contents = await Promise.all(descendants(body, 'AttachmentId').map(async (element) => textOf((await fixture.ask(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${findAttribute(element, 'Id')}"/></m:AttachmentIds></m:GetAttachment>`, { as })).body, 'Content')));
    return contents.map((content) => Buffer.from(content ?? '', 'base64').toString());
  };
  const mime = async (as: 'anna' | 'bert' | 'carl', id: string): Promise<string> => Buffer.from(textOf((await fixture.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`, { as })).body, 'MimeContent') ?? '', 'base64').toString();

  for (const as of ['bert', 'carl'] as const) {
    for (const folder of ['inbox', 'calendar']) assert.deepEqual(await attached(as, await only(as, folder)), ['content of agenda.txt'], `${as} ${folder}`);
  }
  assert.deepEqual(await attached('anna', await only('anna', 'sentitems')), ['content of agenda.txt']);
  const event = (await mime('bert', await only('bert', 'calendar'))).replace(/\r\n[ \t]/g, '');
  assert.match(event, /^BEGIN:VCALENDAR/);
  assert.match(event, new RegExp(`^ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;X-FILENAME=agenda.txt;VALUE=BINARY:${Buffer.from('content of agenda.txt').toString('base64')}\r$`, 'm'));
  assert.match(await mime('bert', await only('bert', 'inbox')), /filename=agenda\.txt/);

  // One more file, and then the attendees hear of it.
  await fixture.ask(`<m:CreateAttachment><m:ParentItemId Id="${meeting}"/><m:Attachments>${file('plan.txt')}</m:Attachments></m:CreateAttachment>`, { as: 'anna' });
  const updated = await fixture.ask(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="${meeting}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="calendar:Location"/><t:CalendarItem><t:Location>Room 7</t:Location></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`, { as: 'anna' });
  assert.deepEqual(updated.codes, ['NoError']);
  assert.deepEqual(await attached('bert', await only('bert', 'calendar')), ['content of agenda.txt', 'content of plan.txt']);
  assert.deepEqual(fixture.failures, []);
});
