import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DistributionGroup, Recipient, Stored } from '../organization/index.ts';
import { sentProperties } from './address-of.ts';
import { openTestHybrid } from './transport-fixture.ts';
import type { TestSide } from './transport-fixture.ts';

const timeout = 60_000;

async function person({ organization }: TestSide, name: string): Promise<Recipient> {
  return organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
}

function group({ organization }: TestSide, name: string, Members: string[], more: Partial<DistributionGroup> = {}): Promise<Stored<'DistributionGroup'>> {
  return organization.configuration.create('DistributionGroup', name, { Alias: name, DisplayName: name, PrimarySmtpAddress: `${name}@contoso.test`, Members, ...more });
}

async function send(from: TestSide, sender: Recipient, to: readonly string[], subject: string): Promise<void> {
  const recipients = to.map((address) => ({ address }));
  const properties = sentProperties(sender, { 'item:Subject': subject, 'item:Body': { type: 'Text', content: 'Hello' }, 'message:ToRecipients': recipients }, Date.now());
  await from.transport.submit({ sender, recipients, makeItem: () => ({ itemClass: 'IPM.Note', properties }) });
}

async function inbox({ organization }: TestSide, who: Recipient): Promise<string[]> {
  const mailbox = organization.mailboxes.of(who.guid);
  const { id } = await mailbox.folders.distinguished('inbox');
  return (await mailbox.items.find(id, { limit: 100 })).entries.map(({ properties }) => properties['item:Subject'] as string);
}

test('groups in groups that hold one another reach everybody once, here and across; who is away stays silent unless a group says otherwise', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  const carl = await person(premises, 'carl');
  const dora = await person(premises, 'dora');
  const bertHere = await premises.organization.directory.resolve('bert@contoso.test');
  assert.ok(bertHere !== undefined);
  const inner = await group(premises, 'inner', [dora.guid, carl.guid, bertHere.guid]);
  const outer = await group(premises, 'outer', [carl.guid, inner.guid]);
  await premises.organization.configuration.update('DistributionGroup', inner.guid, { Members: [...inner.properties.Members, outer.guid] });
  for (const who of [carl, dora]) await premises.organization.mailboxes.of(who.guid).setOofSettings({ state: 'Enabled', externalAudience: 'All', internalReply: 'Away.', externalReply: '' });
  await cloud.organization.mailboxes.of(cloud.own.guid).setOofSettings({ state: 'Enabled', externalAudience: 'All', internalReply: 'Away.', externalReply: '' });

  // Carl is addressed himself as well, and answers for that.
  await send(premises, premises.own, ['outer@contoso.test', 'carl@contoso.test', 'bert@contoso.test.invalid'], 'To all');
  const crossed = await cloud.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'To all');
  assert.deepEqual([await inbox(premises, carl), await inbox(premises, dora), await inbox(cloud, cloud.own)], [['To all'], ['To all'], ['To all']]);
  const { properties } = await cloud.organization.mailboxes.of(cloud.own.guid).items.content(crossed.id);
  assert.ok((properties['item:InternetMessageHeaders'] as unknown as [string, string][]).some(([name, value]) => name === 'X-Auto-Response-Suppress' && value === 'OOF'));
  assert.deepEqual((await inbox(premises, premises.own)).toSorted(), ['Automatic reply: To all', 'Undeliverable: To all']);

  await premises.organization.configuration.update('DistributionGroup', inner.guid, { SendOofMessageToOriginatorEnabled: true });
  await send(premises, premises.own, ['outer@contoso.test'], 'Once more');
  await premises.waitFor('inbox', ({ properties: bag }) => bag['item:Subject'] === 'Automatic reply: Once more' && (bag['message:From'] as { name?: string }).name === 'bert');
  // Dora answers now; Carl has done so before.
  assert.equal((await inbox(premises, premises.own)).filter((subject) => subject === 'Automatic reply: Once more').length, 2);
  assert.deepEqual(failures.filter((line) => !line.includes('could not be delivered')), []);
});

test('a group takes mail of whom it may: strangers of none but open ones, others by its list, each group by its own rule', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const { organization, transport, own } = premises;
  const carl = await person(premises, 'carl');
  const bosses = await group(premises, 'bosses', [own.guid]);
  const staff = await group(premises, 'staff', [carl.guid], { AcceptMessagesOnlyFromSendersOrMembers: [bosses.guid] });
  await group(premises, 'everybody', [staff.guid, own.guid], { RequireSenderAuthenticationEnabled: false });

  await send(premises, own, ['staff@contoso.test'], 'From a boss');
  assert.deepEqual(await inbox(premises, carl), ['From a boss']);
  await send(premises, carl, ['staff@contoso.test'], 'From carl');
  const carls = await inbox(premises, carl);
  assert.deepEqual(carls.toSorted(), ['From a boss', 'Undeliverable: From carl']);
  await send(premises, carl, ['everybody@contoso.test'], 'By another door');
  assert.ok((await inbox(premises, own)).includes('By another door'));
  assert.ok(!(await inbox(premises, carl)).includes('By another door'));
  assert.ok((await inbox(premises, carl)).includes('Undeliverable: By another door'));

  // From the other half somebody counts as from inside.
  await cloud.organization.directory.create({ recipientTypeDetails: 'MailUser', displayName: 'bosses', userPrincipalName: 'bosses@contoso.test', primarySmtpAddress: 'bosses@contoso.test', externalEmailAddress: 'bosses@contoso.test' });
  await send(cloud, cloud.own, ['bosses@contoso.test'], 'Across');
  await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'Across');

  await organization.transportQueue.add({ sender: 'stranger@elsewhere.test', recipients: [{ address: 'bosses@contoso.test' }, { address: 'everybody@contoso.test' }], isInternal: false, subject: 'Spam' }, Buffer.from('Subject: Spam\r\n\r\nBuy\r\n'));
  await transport.retry();
  await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'Spam');
  while ((await organization.transportQueue.list()).some(({ subject }) => subject === 'Spam')) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((await inbox(premises, own)).filter((subject) => subject === 'Spam').length, 1);
});
