import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descendants, idOf, openEwsFixture, textOf } from '../ews-fixture.ts';

test('FindPeople: by the beginning of a name, page by page', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const ask = (query: string, view = 'MaxEntriesReturned="2" Offset="0"', folder = '<t:DistinguishedFolderId Id="directory"/>') =>
    fixture.ask(`<m:FindPeople><m:PersonaShape><t:BaseShape>Default</t:BaseShape></m:PersonaShape><m:IndexedPageItemView BasePoint="Beginning" ${view}/><m:ParentFolderId>${folder}</m:ParentFolderId>${query}</m:FindPeople>`);
  const names = async (...parameters: Parameters<typeof ask>) => {
    const { body } = await ask(...parameters);
    return [descendants(body, 'Persona').map((persona) => textOf(persona, 'DisplayName')), textOf(body, 'TotalNumberOfPeopleInView')];
  };
  assert.deepEqual(await names(''), [['anna Example', 'bert Example'], '3']);
  assert.deepEqual(await names('', 'MaxEntriesReturned="2" Offset="2"'), [['carl Example'], '3']);
  assert.deepEqual(await names('<m:QueryString>be</m:QueryString>'), [['bert Example'], '1']);
  assert.equal(textOf((await ask('', undefined, '<t:DistinguishedFolderId Id="contacts"/>')).body, 'ResponseCode'), 'ErrorInvalidOperation');
});

test('ResolveNames: people and personal contacts, in the order of the scope', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const contact = (name: string, ...addresses: readonly string[]): string => `<t:Contact><t:DisplayName>${name}</t:DisplayName><t:EmailAddresses>${addresses.map((address, index) => `<t:Entry Key="EmailAddress${index + 1}">${address}</t:Entry>`).join('')}</t:EmailAddresses></t:Contact>`;
  const made = await fixture.ask(`<m:CreateItem><m:Items>${contact('Anna Outside', 'anna@elsewhere.test', 'private@elsewhere.test')}${contact('Nobody')}${contact('Dora', 'dora@elsewhere.test')}</m:Items></m:CreateItem>`);
  const id = idOf(made.body);
  const names = async (entry: string, scope = '', folder = '', as: 'anna' | 'bert' = 'bert'): Promise<readonly (string | undefined)[]> => {
    const { body, codes } = await fixture.ask(`<m:ResolveNames ReturnFullContactData="false"${scope === '' ? '' : ` SearchScope="${scope}"`}>${folder}<m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`, { as });
    return codes[0] === 'NoError' ? descendants(body, 'EmailAddress').map(({ text }) => text) : codes;
  };
  const outside = ['anna@elsewhere.test', 'private@elsewhere.test'];
  assert.deepEqual(await names('anna'), ['anna@contoso.test', ...outside]);
  assert.deepEqual(await names('ann', 'ContactsActiveDirectory'), [...outside, 'anna@contoso.test']);
  assert.deepEqual(await names('anna', 'ActiveDirectory'), ['anna@contoso.test']);
  assert.deepEqual(await names('outs', 'Contacts'), outside);
  assert.deepEqual(await names('smtp:dora@else', 'Contacts'), ['dora@elsewhere.test']);
  assert.deepEqual(await names('bert', 'Contacts'), ['ErrorNameResolutionNoResults']);
  assert.deepEqual(await names('dora', 'Contacts', '', 'anna'), ['ErrorNameResolutionNoResults']);
  const his = '<m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderIds>';
  assert.deepEqual(await names('dora', 'Contacts', his, 'anna'), ['ErrorAccessDenied']);
  const full = await fixture.ask('<m:ResolveNames ReturnFullContactData="true" SearchScope="Contacts" ContactDataShape="AllProperties"><m:UnresolvedEntry>Outside</m:UnresolvedEntry></m:ResolveNames>');
  assert.deepEqual(descendants(full.body, 'Mailbox').slice(0, 2).map((mailbox) => [textOf(mailbox, 'MailboxType'), idOf(mailbox)]), [['Contact', id], ['Contact', id]]);
  assert.equal(textOf(full.body, 'DisplayName'), 'Anna Outside');
});

test('GetMailTips: what is known of mailboxes, groups in groups and addresses elsewhere', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { configuration, directory, mailSettings } = fixture.organization;
  const { anna, bert, carl } = fixture.people;
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test' });
  await configuration.create('SendConnector', 'Out', { AddressSpaces: ['smtp:elsewhere.test;1'], SmartHosts: ['mx.elsewhere.test'], DNSRoutingEnabled: false, MaxMessageSize: 2_097_152 });
  const partner = await directory.create({ recipientTypeDetails: 'MailContact', displayName: 'Partner', primarySmtpAddress: 'partner@contoso.test', externalEmailAddress: 'partner@elsewhere.test' });
  const named = (name: string) => ({ Alias: name, DisplayName: name, PrimarySmtpAddress: `${name}@contoso.test` });
  const inner = await configuration.create('DistributionGroup', 'inner', { ...named('inner'), Members: [carl.guid, anna.guid, partner.guid], AcceptMessagesOnlyFromSendersOrMembers: [carl.guid] });
  await configuration.create('DistributionGroup', 'outer', { ...named('outer'), Members: [anna.guid, inner.guid], MailTip: '<p>Everybody reads this.</p>' });
  await mailSettings.set(anna.guid, { MailTip: '<p>On leave soon.</p>' });
  const names = ['MailboxFull', 'CustomMailTip', 'TotalMemberCount', 'ExternalMemberCount', 'MaxMessageSize', 'DeliveryRestricted', 'IsModerated', 'InvalidRecipient'];
  const tips = async (wanted: string, ...people: readonly string[]) => {
    const { body } = await fixture.ask(`<m:GetMailTips><m:SendingAs><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:SendingAs><m:Recipients>${people.map((person) => `<t:Mailbox><t:EmailAddress>${person}</t:EmailAddress></t:Mailbox>`).join('')}</m:Recipients><m:MailTipsRequested>${wanted}</m:MailTipsRequested></m:GetMailTips>`);
    return descendants(body, 'MailTips').map((tip) => names.map((name) => descendants(tip, name)[0]?.text));
  };
  const largest = String(Math.floor(fixture.organization.mailboxes.largestItem / 1024));
  assert.deepEqual(await tips('All', 'anna@contoso.test', 'outer@contoso.test', 'inner@contoso.test', 'partner@contoso.test', 'nobody@contoso.test', 'she@elsewhere.test', 'he@nowhere.test'), [
    ['false', '<p>On leave soon.</p>', undefined, undefined, largest, 'false', 'false', 'false'],
    [undefined, '<p>Everybody reads this.</p>', '3', '1', undefined, 'false', 'false', 'false'],
    [undefined, undefined, '3', '1', undefined, 'true', 'false', 'false'],
    [undefined, undefined, undefined, undefined, '2048', undefined, undefined, 'false'],
    [undefined, undefined, undefined, undefined, undefined, undefined, undefined, 'true'],
    [undefined, undefined, undefined, undefined, '2048', undefined, undefined, 'false'],
    [undefined, undefined, undefined, undefined, undefined, undefined, undefined, 'true'],
  ]);
  assert.deepEqual(await tips('TotalMemberCount DeliveryRestriction', 'inner@contoso.test'), [[undefined, undefined, '3', undefined, undefined, 'true', undefined, undefined]]);
  await configuration.update('DistributionGroup', inner.guid, { AcceptMessagesOnlyFromSendersOrMembers: [bert.guid] });
  assert.equal((await tips('All', 'inner@contoso.test'))[0]?.[5], 'false');
});
