import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewItem, Recipient } from '../organization/index.ts';
import { sentProperties } from './address-of.ts';
import { collect } from './outgoing-message.ts';
import { openTestHybrid } from './transport-fixture.ts';
import type { TestSide } from './transport-fixture.ts';

const timeout = 60_000;

function note(sender: Recipient, to: string, subject: string, more: NewItem = {}): NewItem {
  return { itemClass: 'IPM.Note', ...more, properties: sentProperties(sender, { 'item:Subject': subject, 'item:Body': { type: 'Text', content: 'Hello across.\r\n.\r\n..dots\r\n' }, 'message:ToRecipients': [{ name: to, address: to }], ...more.properties }, Date.now()) };
}

async function send(side: TestSide, to: readonly string[], subject: string, more: NewItem = {}): Promise<void> {
  const item = note(side.own, to[0] ?? '', subject, more);
  await side.transport.submit({ sender: side.own, recipients: to.map((address) => ({ address })), makeItem: () => item });
}

const subjectIs = (subject: string) => (item: { properties: Record<string, unknown> }) => item.properties['item:Subject'] === subject;

async function mimeOf(side: TestSide, id: string): Promise<string> {
  const mime = await side.organization.mailboxes.of(side.own.guid).items.mime(id);
  assert.ok(mime !== undefined);
  return (await collect(mime)).toString('latin1');
}

test('mail crosses in both directions, over TLS that both sides prove, and counts as sent from inside', { timeout }, async (t) => {
  const { premises, cloud, failures } = await openTestHybrid(t);
  await send(premises, ['bert@contoso.test'], 'to the cloud', { attachments: [{ name: 'a.txt', contentType: 'text/plain', content: { file: Buffer.from('attached') } }] });
  const there = await cloud.waitFor('inbox', subjectIs('to the cloud'));
  const raw = await mimeOf(cloud, there.id);
  assert.match(raw, /^Received: from mail\.contoso\.test \(127\.0\.0\.1\)\r\n by mail\.cloud\.test with ESMTPS/);
  assert.match(raw, /X-MS-Exchange-Organization-AuthAs: Internal\r\n/);
  assert.doesNotMatch(raw, /CrossPremises/);
  assert.match(raw, /Hello across\.\r\n\.\r\n\.\.dots/);
  const attachments = await cloud.organization.mailboxes.of(cloud.own.guid).items.attachments(there.id);
  assert.deepEqual(attachments.map(({ name }) => name), ['a.txt']);
  assert.equal((there.properties['message:From'] as { address?: string }).address, 'anna@contoso.test');

  await send(cloud, ['anna@contoso.test'], 'to the premises', { properties: { 'message:BccRecipients': [{ address: 'secret@contoso.test' }] } });
  const back = await premises.waitFor('inbox', subjectIs('to the premises'));
  assert.doesNotMatch(await mimeOf(premises, back.id), /secret/);
  assert.deepEqual(await premises.organization.transportQueue.list(), []);
  assert.deepEqual(failures, []);
});

test('MIME content crosses as it is, whatever its line ends were', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  const mime = Buffer.from('Subject: as it is\nTo: bert@contoso.test\nBcc: hidden@contoso.test\nContent-Type: text/plain\n\none\ntwo\r\nthree\rfour\n.\nfive\n');
  await send(premises, ['bert@contoso.test'], 'as it is', { mime });
  const raw = await mimeOf(cloud, (await cloud.waitFor('inbox', subjectIs('as it is'))).id);
  assert.ok(raw.endsWith('\r\n\r\none\r\ntwo\r\nthree\r\nfour\r\n.\r\nfive\r\n'), raw);
  assert.doesNotMatch(raw, /hidden/);
  assert.match(raw, /\r\nFrom: <anna@contoso\.test>\r\n/);
  assert.match(raw, /\r\nMessage-ID: </);
});

test('who cannot be reached comes back in a report: nobody of that name, no way, refused there', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  await send(premises, ['nobody@contoso.test', 'someone@elsewhere.example', 'bert@contoso.test'], 'three');
  const report = await premises.waitFor('inbox', subjectIs('Undeliverable: three'));
  assert.equal(report.itemClass, 'REPORT.IPM.Note.NDR');
  const raw = await mimeOf(premises, report.id);
  assert.match(raw, /Final-Recipient: rfc822;nobody@contoso\.test\r\nAction: failed\r\nStatus: 5\.1\.10/);
  assert.match(raw, /Final-Recipient: rfc822;someone@elsewhere\.example\r\nAction: failed\r\nStatus: 5\.4\.4/);
  assert.doesNotMatch(raw, /rfc822;bert/);
  await cloud.waitFor('inbox', subjectIs('three'));
  // The other side has lost the mailbox meanwhile.
  await cloud.organization.directory.remove(cloud.own.guid);
  await send(premises, ['bert@contoso.test'], 'gone');
  const second = await premises.waitFor('inbox', subjectIs('Undeliverable: gone'));
  assert.match(await mimeOf(premises, second.id), /rfc822;bert@contoso\.test\r\nAction: failed\r\nStatus: 5\.1\.10\r\nDiagnostic-Code: smtp;550 5\.1\.10 RESOLVER\.ADR\.RecipientNotFound/);
});

test('mail waits while the other side is away, also over a restart, and goes back when its time is over', { timeout }, async (t) => {
  let now = Date.now();
  const { premises, cloud, hosts } = await openTestHybrid(t, { clock: { now: () => now }, schedule: { intervalsMs: [30], expiresMs: 172_800_000 } });
  const port = hosts.get('mail.cloud.test:25') ?? 0;
  hosts.delete('mail.cloud.test:25');
  await send(premises, ['bert@contoso.test'], 'later');
  while ((await premises.organization.transportQueue.list())[0]?.attempts !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
  const [waiting] = await premises.organization.transportQueue.list();
  assert.match(waiting?.recipients[0]?.lastError ?? '', /ECONNREFUSED/);
  await premises.restart();
  hosts.set('mail.cloud.test:25', port);
  now += 60;
  await premises.transport.retry();
  await cloud.waitFor('inbox', subjectIs('later'));

  hosts.delete('mail.cloud.test:25');
  await send(premises, ['bert@contoso.test'], 'never');
  while ((await premises.organization.transportQueue.list())[0]?.attempts !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
  now += 172_800_001;
  await premises.transport.retry();
  const report = await premises.waitFor('inbox', subjectIs('Undeliverable: never'));
  assert.match(await mimeOf(premises, report.id), /could not be reached, or did not take the message/);
  assert.match(await mimeOf(premises, report.id), /Status: 4\.4\.7\r\nDiagnostic-Code: smtp;550 4\.4\.7 QUEUE\.Expired; message expired;/);
  assert.deepEqual(await premises.organization.transportQueue.list(), []);
});

test('an administrator takes a message out of the queue, and its sender hears of it', { timeout }, async (t) => {
  const { premises, hosts } = await openTestHybrid(t, { schedule: { intervalsMs: [600_000], expiresMs: 172_800_000 } });
  hosts.delete('mail.cloud.test:25');
  const { transportQueue } = premises.organization;
  await send(premises, ['bert@contoso.test'], 'a mistake');
  while ((await transportQueue.list())[0]?.attempts !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
  const [waiting] = await transportQueue.list();
  assert.deepEqual(waiting?.recipients[0]?.nextHop, { deliveryType: 'SmartHostConnectorDelivery', domain: 'mail.cloud.test', connector: 'Outbound', tlsDomain: 'mail.cloud.test' });
  assert.match(waiting.recipients[0].lastError ?? '', /^441 4\.4\.1 Error communicating with mail\.cloud\.test: /);
  await transportQueue.removeRecipients(waiting.number, waiting.recipients.map(({ address }) => address), true);
  const report = await premises.waitFor('inbox', subjectIs('Undeliverable: a mistake'));
  assert.match(await mimeOf(premises, report.id), /rfc822;bert@contoso\.test\r\nAction: failed\r\nStatus: 4\.3\.2/);
  while ((await transportQueue.list()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

test('nothing is sent to a server without the certificate that the connector asks for', { timeout }, async (t) => {
  const { premises } = await openTestHybrid(t);
  const { configuration } = premises.organization;
  const connector = await configuration.get('SendConnector', 'Outbound');
  assert.ok(connector !== undefined);
  await configuration.update('SendConnector', connector.guid, { TlsDomain: 'mail.fabrikam.test' });
  await send(premises, ['bert@contoso.test'], 'secret');
  while ((await premises.organization.transportQueue.list())[0]?.attempts === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const [waiting] = await premises.organization.transportQueue.list();
  assert.match(waiting?.recipients[0]?.lastError ?? '', /does not have the name mail\.fabrikam\.test/);
});

test('addresses that lead to one another end as a loop, not for ever', { timeout }, async (t) => {
  const { premises, cloud } = await openTestHybrid(t);
  // Each side takes carl for one of the other.
  await premises.organization.directory.create({ recipientTypeDetails: 'RemoteUserMailbox', displayName: 'carl', userPrincipalName: 'carl@contoso.test', primarySmtpAddress: 'carl@contoso.test', externalEmailAddress: 'carl@contoso.mail.onmicrosoft.test' });
  await cloud.organization.directory.create({ recipientTypeDetails: 'MailUser', displayName: 'carl', userPrincipalName: 'carl@contoso.test', primarySmtpAddress: 'carl@contoso.test', emailAddresses: ['carl@contoso.test', 'carl@contoso.mail.onmicrosoft.test'], externalEmailAddress: 'carl@contoso.test' });
  const connector = (await premises.organization.configuration.list('ReceiveConnector'))[0];
  assert.ok(connector !== undefined);
  await premises.organization.configuration.update('ReceiveConnector', connector.guid, { MaxHopCount: 6 });
  await send(premises, ['carl@contoso.test'], 'round');
  const report = await premises.waitFor('inbox', subjectIs('Undeliverable: round'));
  assert.match(await mimeOf(premises, report.id), /5\.4\.6 Hop count exceeded - possible mail loop/);
});
