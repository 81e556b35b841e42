import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { descendants, openEwsFixture, textOf } from '../ews-fixture.ts';
import type { EwsFixture } from '../ews-fixture.ts';

const noon = Date.UTC(2026, 10, 23, 12);

async function open(t: TestContext, now: () => number = () => noon): Promise<EwsFixture> {
  const fixture = await openEwsFixture({ clock: { now } });
  t.after(() => fixture.close());
  return fixture;
}

const getOof = (name = 'bert'): string => `<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>${name}@contoso.test</t:Address></t:Mailbox></m:GetUserOofSettingsRequest>`;
const setOof = (settings: string, name = 'bert'): string => `<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>${name}@contoso.test</t:Address></t:Mailbox><t:UserOofSettings>${settings}</t:UserOofSettings></m:SetUserOofSettingsRequest>`;
const scheduled = '<t:OofState>Scheduled</t:OofState><t:ExternalAudience>Known</t:ExternalAudience><t:Duration><t:StartTime>2026-11-23T00:00:00Z</t:StartTime><t:EndTime>2026-11-24T00:00:00Z</t:EndTime></t:Duration><t:InternalReply><t:Message>at sea</t:Message></t:InternalReply><t:ExternalReply><t:Message>away</t:Message></t:ExternalReply>';
const tips = (wanted: string): string => `<m:GetMailTips><m:SendingAs><t:EmailAddress>anna@contoso.test</t:EmailAddress></m:SendingAs><m:Recipients><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox><t:Mailbox><t:EmailAddress>nobody@contoso.test</t:EmailAddress></t:Mailbox></m:Recipients><m:MailTipsRequested>${wanted}</m:MailTipsRequested></m:GetMailTips>`;

test('out-of-office settings come back as they were set; those of others are nobody’s business', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual(textOf((await ask(getOof())).body, 'OofState'), 'Disabled');
  assert.equal(textOf((await ask(setOof(scheduled))).body, 'ResponseCode'), 'NoError');
  const { body } = await ask(getOof());
  assert.deepEqual(['OofState', 'ExternalAudience', 'StartTime', 'EndTime'].map((name) => textOf(body, name)), ['Scheduled', 'Known', '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z']);
  assert.deepEqual(descendants(body, 'Message').map(({ text }) => text), ['at sea', 'away']);
  for (const request of [getOof('anna'), setOof(scheduled, 'anna')]) assert.equal(textOf((await ask(request)).body, 'ResponseCode'), 'ErrorAccessDenied');
  assert.equal(textOf((await ask(setOof('<t:OofState>Perhaps</t:OofState><t:ExternalAudience>All</t:ExternalAudience>'))).body, 'ResponseCode'), 'ErrorSchemaValidation');
});

test('mail tips tell absence while it lasts, and addresses that lead nowhere', async (t) => {
  let now = noon;
  const { ask } = await open(t, () => now);
  await ask(setOof(scheduled));
  const read = async (wanted: string): Promise<unknown> => {
    const { body } = await ask(tips(wanted), { as: 'anna' });
    return descendants(body, 'MailTips').map((found) => [textOf(found, 'Message'), textOf(found, 'InvalidRecipient')]);
  };
  assert.deepEqual(await read('All'), [['at sea', 'false'], ['', 'true']]);
  assert.deepEqual(await read('InvalidRecipient'), [[undefined, 'false'], [undefined, 'true']]);
  now += 24 * 3_600_000;
  assert.deepEqual(await read('OutOfOfficeMessage'), [['', undefined], ['', undefined]]);
});

test('rooms are in one list, once there are any', async (t) => {
  const fixture = await open(t);
  assert.deepEqual(descendants((await fixture.ask('<m:GetRoomLists/>')).body, 'Address'), []);
  for (const name of ['sea', 'lake']) await fixture.organization.directory.create({ recipientTypeDetails: 'RoomMailbox', displayName: `Room ${name}`, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const list = textOf((await fixture.ask('<m:GetRoomLists/>')).body, 'EmailAddress') ?? '';
  const rooms = await fixture.ask(`<m:GetRooms><m:RoomList><t:EmailAddress>${list}</t:EmailAddress></m:RoomList></m:GetRooms>`);
  assert.deepEqual(descendants(rooms.body, 'EmailAddress').map(({ text }) => text).toSorted(), ['lake@contoso.test', 'sea@contoso.test']);
  assert.equal(textOf((await fixture.ask('<m:GetRooms><m:RoomList><t:EmailAddress>others@contoso.test</t:EmailAddress></m:RoomList></m:GetRooms>')).body, 'ResponseCode'), 'ErrorNameResolutionNoResults');
});

test('a configuration that the mailbox has is given, in the parts asked for; another is not found', async (t) => {
  const fixture = await open(t);
  const get = (name: string, wanted: string, as: 'anna' | 'bert' = 'bert') =>
    fixture.ask(`<m:GetUserConfiguration><m:UserConfigurationName Name="${name}"><t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:UserConfigurationName><m:UserConfigurationProperties>${wanted}</m:UserConfigurationProperties></m:GetUserConfiguration>`, { as });
  const { folders, userConfigurations } = fixture.organization.mailboxes.of(fixture.people.bert.guid);
  await userConfigurations.create((await folders.distinguished('inbox')).id, 'CategoryList', { xmlData: Buffer.from('<categories/>'), dictionary: [{ key: { type: 'String', values: ['a'] }, value: { type: 'Integer32', values: ['7'] } }] });
  const all = await get('CategoryList', 'All');
  assert.deepEqual(all.codes, ['NoError']);
  assert.equal(Buffer.from(textOf(all.body, 'XmlData') ?? '', 'base64').toString(), '<categories/>');
  assert.deepEqual(descendants(all.body, 'Value').map(({ text }) => text), ['a', '7']);
  assert.equal(textOf((await get('CategoryList', 'Dictionary')).body, 'XmlData'), undefined);
  assert.deepEqual((await get('OWA.UserOptions', 'All')).codes, ['ErrorItemNotFound']);
  assert.deepEqual((await get('CategoryList', 'All', 'anna')).codes, ['ErrorAccessDenied']);
});
