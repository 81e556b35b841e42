import assert from 'node:assert/strict';
import net from 'node:net';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readCertificate } from '../identity/index.ts';
import { collect } from './outgoing-message.ts';
import { openTestHybrid } from './transport-fixture.ts';
import type { TestSide } from './transport-fixture.ts';

const timeout = 60_000;

/** A client that says what it likes, and hears every reply. */
interface RawClient {
  say(text: string | Buffer): Promise<string>;
  upgrade(options: tls.ConnectionOptions): Promise<void>;
}

async function rawClient(t: TestContext, port: number): Promise<RawClient> {
  let socket: Socket = net.connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  let heard = '';
  let wake = (): void => undefined;
  const listen = (): void => {
    socket.on('data', (data: Buffer) => {
      heard += data.toString();
      wake();
    });
    socket.on('close', () => wake());
    socket.on('error', () => wake());
  };
  listen();
  const reply = async (): Promise<string> => {
    while (!/^\d{3} .*\r\n/m.test(heard) && !socket.destroyed) await new Promise<void>((resolve) => (wake = resolve));
    const text = heard;
    heard = '';
    return text.trim();
  };
  await reply();
  return {
    async say(text) {
      socket.write(typeof text === 'string' ? `${text}\r\n` : text);
      return reply();
    },
    async upgrade(options) {
      socket.removeAllListeners();
      const secure = tls.connect({ ...options, socket, servername: 'mail.contoso.test' });
      await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
      socket = secure;
      listen();
    },
  };
}

async function greet(t: TestContext, side: TestSide): Promise<RawClient> {
  const client = await rawClient(t, side.port);
  assert.match(await client.say('EHLO evil.example'), /STARTTLS/);
  return client;
}

const inboxCount = async ({ organization, own }: TestSide): Promise<number> => {
  const mailbox = organization.mailboxes.of(own.guid);
  const { total } = await mailbox.items.find((await mailbox.folders.distinguished('inbox')).id, { limit: 10 });
  return total;
};

test('strangers reach people here and nobody else', { timeout }, async (t) => {
  const { premises, failures } = await openTestHybrid(t);
  const client = await greet(t, premises);
  assert.match(await client.say('AUTH PLAIN AGEAYg=='), /^5\d\d /);
  assert.match(await client.say('MAIL FROM:<x@evil.example>'), /^250 /);
  assert.match(await client.say('RCPT TO:<victim@elsewhere.example>'), /^550 5\.7\.54 /);
  assert.match(await client.say('RCPT TO:<nobody@contoso.test>'), /^550 5\.1\.10 RESOLVER\.ADR\.RecipientNotFound/);
  assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
  assert.match(await client.say('DATA'), /^354 /);
  const forged = 'From: bert@contoso.test\r\nX-MS-Exchange-Organization-AuthAs: Internal\r\nX-MS-Exchange-CrossPremises-AuthAs: Internal\r\nSubject: hello\r\n\r\nhi\r\n.';
  assert.match(await client.say(forged), /^250 2\.6\.0 /);
  const item = await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'hello');
  const mime = await premises.organization.mailboxes.of(premises.own.guid).items.mime(item.id);
  const raw = mime === undefined ? '' : (await collect(mime)).toString();
  assert.doesNotMatch(raw, /AuthAs: Internal/);
  assert.match(raw, /X-MS-Exchange-Organization-AuthAs: Anonymous\r\n/);
  assert.deepEqual(failures, []);
});

test('a group that is for people of the hybrid only is refused to strangers while they still listen', { timeout }, async (t) => {
  const { premises } = await openTestHybrid(t);
  const group = await premises.organization.configuration.create('DistributionGroup', 'staff', { Alias: 'staff', DisplayName: 'staff', PrimarySmtpAddress: 'staff@contoso.test', Members: [premises.own.guid] });
  const client = await greet(t, premises);
  assert.match(await client.say('MAIL FROM:<x@evil.example>'), /^250 /);
  assert.match(await client.say('RCPT TO:<staff@contoso.test>'), /^550 5\.7\.133 RESOLVER\.RST\.SenderNotAuthenticatedForGroup; authentication required/);
  assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
  await premises.organization.configuration.update('DistributionGroup', group.guid, { RequireSenderAuthenticationEnabled: false });
  assert.match(await client.say('RCPT TO:<staff@contoso.test>'), /^250 /);
});

test('a message is not smuggled in another: line ends other than CRLF are refused', { timeout }, async (t) => {
  const { premises } = await openTestHybrid(t);
  const client = await greet(t, premises);
  for (const trick of ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r.\r\n', '\n.\r', '\r\n\r.\r\n']) {
    assert.match(await client.say('MAIL FROM:<x@evil.example>'), /^250 /);
    assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
    assert.match(await client.say('DATA'), /^354 /);
    const answer = await client.say(Buffer.from(`Subject: outer\r\n\r\ntext${trick}MAIL FROM:<boss@contoso.test>\r\nRCPT TO:<anna@contoso.test>\r\nDATA\r\nSubject: inner\r\n\r\nx\r\n.\r\n`));
    assert.match(answer, /^550 5\.6\.11 /, JSON.stringify(trick));
  }
  assert.equal(await inboxCount(premises), 0);
});

test('too much is refused: bytes announced, bytes sent, recipients, head, hops; and the connection goes on', { timeout }, async (t) => {
  const { premises } = await openTestHybrid(t);
  const [connector] = await premises.organization.configuration.list('ReceiveConnector');
  assert.ok(connector !== undefined);
  await premises.organization.configuration.update('ReceiveConnector', connector.guid, { MaxMessageSize: 1_000_000, MaxRecipientsPerMessage: 2, MaxHopCount: 3 });
  const client = await greet(t, premises);
  assert.match(await client.say('MAIL FROM:<x@evil.example> SIZE=99999999999'), /^552 /);
  assert.match(await client.say('MAIL FROM:<x@evil.example> SIZE=1000001'), /^552 5\.3\.4 /);
  const begin = async (): Promise<void> => {
    assert.match(await client.say('MAIL FROM:<x@evil.example>'), /^250 /);
    assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
  };
  await begin();
  assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
  assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^452 4\.5\.3 /);
  assert.match(await client.say('DATA'), /^354 /);
  assert.match(await client.say(`Subject: long\r\n\r\n${'x'.repeat(78).concat('\r\n').repeat(13_000)}.`), /^552 5\.3\.4 /);
  await begin();
  assert.match(await client.say('DATA'), /^354 /);
  assert.match(await client.say(`X-Long: ${'y'.repeat(70).concat('\r\n ').repeat(4_000)}\r\nSubject: head\r\n\r\nx\r\n.`), /^552 5\.3\.4 Header size/);
  await begin();
  assert.match(await client.say('DATA'), /^354 /);
  assert.match(await client.say(`${'Received: from a by b; now\r\n'.repeat(3)}Subject: hops\r\n\r\nx\r\n.`), /^554 5\.4\.6 /);
  await begin();
  assert.match(await client.say('DATA'), /^354 /);
  assert.match(await client.say('Subject: fits\r\n\r\nx\r\n.'), /^250 /);
  await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === 'fits');
  assert.equal(await inboxCount(premises), 1);
  assert.deepEqual(await premises.organization.transportQueue.list(), []);
});

test('only the certificate of the other half makes a client the other half', { timeout }, async (t) => {
  const { premises, issue, ca } = await openTestHybrid(t);
  for (const [name, code] of [['mail.fabrikam.test', /^550 5\.7\.54 /], ['mail.cloud.test', /^250 /]] as const) {
    const client = await greet(t, premises);
    assert.match(await client.say('STARTTLS'), /^220 /);
    await client.upgrade({ ca, ...(await issue([name])) });
    await client.say('EHLO mail.cloud.test');
    assert.match(await client.say('MAIL FROM:<x@contoso.test>'), /^250 /);
    // A domain elsewhere that a connector leads to.
    assert.match(await client.say('RCPT TO:<someone@sub.elsewhere.example>'), /^550 5\.7\.54 /);
    await premises.organization.configuration.create('SendConnector', `Elsewhere ${name}`, { AddressSpaces: ['elsewhere.example'] });
    assert.match(await client.say('RCPT TO:<someone@elsewhere.example>'), code);
  }
});

test('a calendar part that nobody can read is mail', { timeout }, async (t) => {
  const { premises } = await openTestHybrid(t);
  const client = await greet(t, premises);
  const parts = { broken: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:nonsense\r\n', counter: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n', endless: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T100000Z\r\nDTEND:20260101T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' };
  for (const [subject, part] of Object.entries(parts)) {
    assert.match(await client.say('MAIL FROM:<x@evil.example>'), /^250 /);
    assert.match(await client.say('RCPT TO:<anna@contoso.test>'), /^250 /);
    assert.match(await client.say('DATA'), /^354 /);
    assert.match(await client.say(`From: x@evil.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n${part}.`), /^250 /);
    const item = await premises.waitFor('inbox', ({ properties }) => properties['item:Subject'] === subject);
    assert.equal(item.itemClass, 'IPM.Note');
  }
});

test('the certificate that the Receive connector names is shown as soon as it is there', { timeout }, async (t) => {
  const { premises, issue, ca } = await openTestHybrid(t);
  const { configuration } = premises.organization;
  const shown = async (): Promise<string> => {
    const client = await greet(t, premises);
    assert.match(await client.say('STARTTLS'), /^220 /);
    let names = '';
    await client.upgrade({
      ca,
      checkServerIdentity: (_, peer) => {
        names = peer.subjectaltname ?? '';
        return undefined;
      },
    });
    return names;
  };
  assert.equal(await shown(), 'DNS:mail.contoso.test');
  const { cert, key } = await issue(['smtp.contoso.test']);
  const facts = readCertificate(cert);
  await configuration.create('ExchangeCertificate', facts.thumbprint, { Thumbprint: facts.thumbprint, Subject: facts.subject, Issuer: facts.issuer, SerialNumber: facts.serialNumber, NotBefore: new Date(facts.notBefore).toISOString(), NotAfter: new Date(facts.notAfter).toISOString(), PublicKeySize: 2048, Services: ['SMTP'], Certificate: cert });
  await configuration.setCertificateKey(facts.thumbprint, key);
  const [connector] = await configuration.list('ReceiveConnector');
  await configuration.update('ReceiveConnector', connector?.guid ?? '', { TlsCertificateName: `<I>${facts.issuer}<S>${facts.subject}` });
  while ((await shown()) !== 'DNS:smtp.contoso.test');
});
