import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OofSettings, PropertyBag, Recipient } from '../../organization/index.ts';
import { sentProperties } from '../address-of.ts';
import { openTestHybrid } from '../transport-fixture.ts';
import type { TestSide } from '../transport-fixture.ts';
import { mayBeAnswered } from './may-be-answered.ts';

const timeout = 60_000;
const away: OofSettings = { state: 'Enabled', externalAudience: 'All', internalReply: '<p>Back on Monday.</p>', externalReply: 'Back soon.' };

async function send(from: TestSide, sender: Recipient, to: string, subject: string, more: PropertyBag = {}): Promise<void> {
  const properties = sentProperties(sender, { 'item:Subject': subject, 'item:Body': { type: 'Text', content: 'Hello' }, 'message:ToRecipients': [{ address: to }], ...more }, Date.now());
  await from.transport.submit({ sender, recipients: [{ address: to }], makeItem: () => ({ itemClass: 'IPM.Note', properties }) });
}

const subjectsOf = async (side: TestSide, who = side.own): Promise<string[]> => {
  const mailbox = side.organization.mailboxes.of(who.guid);
  const { id } = await mailbox.folders.distinguished('inbox');
  return (await mailbox.items.find(id, { limit: 100 })).entries.map(({ properties }) => properties['item:Subject'] as string);
};

test('who is away answers each sender once, here and across, and two who are away do not answer one another', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  const carl = await premises.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'carl', userPrincipalName: 'carl@contoso.test', primarySmtpAddress: 'carl@contoso.test' });
  const anna = premises.organization.mailboxes.of(premises.own.guid);
  await anna.setOofSettings(away);
  // The other one is away, too.
  await cloud.organization.mailboxes.of(cloud.own.guid).setOofSettings({ ...away, internalReply: 'In the mountains.' });

  await send(cloud, cloud.own, 'anna@contoso.test', 'First');
  const reply = await cloud.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'Automatic reply: First');
  const { properties } = await cloud.organization.mailboxes.of(cloud.own.guid).items.content(reply.id);
  assert.match((properties['item:Body'] as { content: string }).content, /Back on Monday/);
  const headers = new Map((properties['item:InternetMessageHeaders'] as unknown as [string, string][]).map(([name, value]) => [name.toLowerCase(), value]));
  assert.equal(headers.get('auto-submitted'), 'auto-replied');
  assert.equal(headers.get('x-auto-response-suppress'), 'All');
  assert.equal(reply.properties['item:InReplyTo'], (await premises.waitFor('inbox', (item) => item.properties['item:Subject'] === 'First')).properties['message:InternetMessageId']);

  await send(premises, carl, 'anna@contoso.test', 'Local');
  const local = await premises.waitFor('inbox', (item) => item.properties['item:Subject'] === 'Automatic reply: Local', carl);
  assert.equal(local.itemClass, 'IPM.Note.Rules.OofTemplate.Microsoft');

  await send(cloud, cloud.own, 'anna@contoso.test', 'Second');
  await premises.waitFor('inbox', (item) => item.properties['item:Subject'] === 'Second');
  // Other words are the same absence; another absence is told anew.
  await anna.setOofSettings({ ...away, internalReply: 'Tuesday, after all.' });
  await send(premises, carl, 'anna@contoso.test', 'Third');
  await anna.setOofSettings({ ...away, state: 'Disabled' });
  await send(premises, carl, 'anna@contoso.test', 'Fourth');
  await anna.setOofSettings(away);
  await send(premises, carl, 'anna@contoso.test', 'Fifth');
  assert.deepEqual((await subjectsOf(premises, carl)).toSorted(), ['Automatic reply: Fifth', 'Automatic reply: Local']);
  assert.deepEqual(await subjectsOf(cloud), ['Automatic reply: First']);
  assert.deepEqual((await subjectsOf(premises)).toSorted(), ['Fifth', 'First', 'Fourth', 'Local', 'Second', 'Third']);
  assert.deepEqual(failures, []);
});

test('strangers hear the external reply as far as audience, remote domain and schedule allow', { timeout }, async (t) => {
  const clock = { now: () => Date.UTC(2027, 0, 10) };
  const { premises, failures } = await openTestHybrid(t, { clock });
  const { organization, transport, own } = premises;
  await organization.configuration.create('SendConnector', 'Internet', { AddressSpaces: ['smtp:*;1'], SmartHosts: ['nowhere.test'], DNSRoutingEnabled: false });
  const anna = organization.mailboxes.of(own.guid);
  let number = 0;
  /** Where a reply to a message of a stranger waits to go out, and what it says. */
  const replyTo = async (address: string): Promise<string | undefined> => {
    number += 1;
    const subject = `Question ${number}`;
    await organization.transportQueue.add({ sender: address, recipients: [{ address: own.primarySmtpAddress }], isInternal: false, subject, messageId: `<${number}@elsewhere.test>` }, Buffer.from(`From: <${address}>\r\nTo: anna@contoso.test\r\nMessage-ID: <${number}@elsewhere.test>\r\nSubject: ${subject}\r\n\r\nHello\r\n`));
    await transport.retry();
    await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === subject);
    // It leaves the queue when all is done that follows from it.
    while ((await organization.transportQueue.list()).some((message) => message.subject === subject)) await new Promise((resolve) => setTimeout(resolve, 10));
    const queued = (await organization.transportQueue.list()).find((message) => message.subject === `Automatic reply: ${subject}`);
    if (queued === undefined) return undefined;
    assert.deepEqual([queued.sender, queued.recipients[0]?.address], ['', address]);
    const parts: Uint8Array[] = [];
    for await (const part of organization.transportQueue.content(queued.number)) parts.push(part);
    return Buffer.concat(parts).toString().trim().split('\r\n\r\n').at(-1);
  };
  await anna.setOofSettings({ ...away, externalAudience: 'None' });
  assert.equal(await replyTo('one@elsewhere.test'), undefined);
  await anna.setOofSettings({ ...away, externalAudience: 'Known' });
  assert.equal(await replyTo('two@elsewhere.test'), undefined);
  const contacts = await anna.folders.distinguished('contacts');
  await anna.items.create(contacts.id, { itemClass: 'IPM.Contact', properties: { 'contacts:EmailAddress/EmailAddress2': { address: 'Three@Elsewhere.test' } } });
  assert.equal(await replyTo('three@elsewhere.test'), 'Back soon.');
  await anna.setOofSettings(away);
  assert.equal(await replyTo('four@elsewhere.test'), 'Back soon.');
  await organization.configuration.create('RemoteDomain', 'Silent', { DomainName: '*.silent.test', AllowedOOFType: 'None' });
  await organization.configuration.create('RemoteDomain', 'Friends', { DomainName: 'friends.test', AllowedOOFType: 'InternalLegacy' });
  assert.equal(await replyTo('five@very.silent.test'), undefined);
  assert.match((await replyTo('six@friends.test')) ?? '', /Back on Monday/);
  await anna.setOofSettings({ ...away, state: 'Scheduled', duration: { start: Date.UTC(2027, 0, 11), end: Date.UTC(2027, 0, 12) } });
  assert.equal(await replyTo('seven@elsewhere.test'), undefined);
  await anna.setOofSettings({ ...away, state: 'Scheduled', duration: { start: Date.UTC(2027, 0, 9), end: Date.UTC(2027, 0, 12) } });
  assert.equal(await replyTo('eight@elsewhere.test'), 'Back soon.');
  assert.equal(await replyTo('eight@elsewhere.test'), undefined);
  assert.deepEqual(failures, []);
});

test('lists, machines, reports and who wants no answer get none', () => {
  const person = { returnPath: 'bert@contoso.test', itemClass: 'IPM.Note', bag: {}, fields: ['From: <bert@contoso.test>', 'Auto-Submitted: no', 'X-Auto-Response-Suppress: DR, AutoReply', 'Precedence: first-class'] };
  assert.equal(mayBeAnswered(person), true);
  for (const field of ['List-Id: <a.lists.test>', 'List-Unsubscribe: <mailto:x@y.test>', 'Precedence: bulk', 'Precedence: list', 'Auto-Submitted: auto-generated', 'auto-submitted: auto-replied (vacation)', 'X-Auto-Response-Suppress: OOF', 'X-Auto-Response-Suppress:All', 'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply', 'Content-Type: multipart/report; report-type=delivery-status']) {
    assert.equal(mayBeAnswered({ ...person, fields: [field] }), false, field);
  }
  for (const returnPath of ['', 'MAILER-DAEMON@contoso.test', 'owner-talk@lists.test', 'talk-request@lists.test', 'talk-bounces@lists.test', 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.test']) {
    assert.equal(mayBeAnswered({ ...person, returnPath }), false, returnPath);
  }
  for (const itemClass of ['REPORT.IPM.Note.NDR', 'IPM.Note.Rules.OofTemplate.Microsoft', 'IPM.Schedule.Meeting.Resp.Pos']) assert.equal(mayBeAnswered({ ...person, itemClass }), false, itemClass);
  assert.equal(mayBeAnswered({ ...person, itemClass: 'IPM.Schedule.Meeting.Request' }), true);
  assert.equal(mayBeAnswered({ ...person, bag: { '0x3fdf': 0x10 } }), false);
  assert.equal(mayBeAnswered({ ...person, bag: { '0x3fdf': 0x20 } }), true);
  assert.equal(mayBeAnswered({ ...person, bag: { '{00020386-0000-0000-c000-000000000046}#X-Auto-Response-Suppress': 'OOF' } }), false);
});
