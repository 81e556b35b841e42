import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { array, assert as assertProperty, asyncProperty, integer, nat, tuple } from 'fast-check';
import type { ChannelProtection } from './channel-binding.ts';
import type { ConnectionSignIn, ConnectionSignInResult } from './connection-sign-in.ts';
import { createConnectionSignIn } from './connection-sign-in.ts';
import { ntHash } from './nt-hash.ts';
import type { TestNtlmClient } from './test-ntlm-client.ts';
import { createTestNtlmClient } from './test-ntlm-client.ts';

const passwords: Readonly<Record<string, string>> = { anna: 'Anna’s pässword', bert: 'Bert2026!' };
const names = { computer: 'EX1', domain: 'CONTOSO', dnsComputer: 'ex1.contoso.test', dnsDomain: 'contoso.test' };

function start(overrides: { now?: () => number; findAccount?: () => Promise<never> } = {}): ConnectionSignIn<string> {
  return createConnectionSignIn<string>({
    names: () => names,
    async findAccount({ userName }) {
      const password = passwords[userName.toLowerCase()];
      return password === undefined ? undefined : { identity: userName.toLowerCase(), ntHash: ntHash(password) };
    },
    clock: { now: overrides.now ?? Date.now },
    ...(overrides.findAccount === undefined ? {} : { findAccount: overrides.findAccount }),
  });
}

function client(userName: string, more: Partial<Parameters<typeof createTestNtlmClient>[0]> = {}): TestNtlmClient {
  return createTestNtlmClient({ userName, domain: 'CONTOSO', password: passwords[userName] ?? 'nothing', ...more });
}

function header(message: Buffer, scheme = 'NTLM'): string {
  return `${scheme} ${message.toString('base64')}`;
}

function challengeOf(result: ConnectionSignInResult<string>, scheme = 'NTLM'): Buffer {
  assert.ok(result.kind === 'challenge', `expected a challenge, got ${JSON.stringify(result)}`);
  const [sentScheme, token = ''] = result.wwwAuthenticate.split(' ');
  assert.equal(sentScheme, scheme);
  return Buffer.from(token, 'base64');
}

async function signIn(service: ConnectionSignIn<string>, connection: object, who: TestNtlmClient, protection?: ChannelProtection): Promise<ConnectionSignInResult<string>> {
  const challenge = challengeOf(await service.authenticate(connection, header(who.negotiate), protection));
  return service.authenticate(connection, header(who.authenticate(challenge)), protection);
}

function codeOf(result: ConnectionSignInResult<string>): string {
  return result.kind === 'refused' ? result.error.code : result.kind;
}

test('signs a connection in, and that connection only', async () => {
  const service = start();
  const [one, other] = [{}, {}];
  assert.deepEqual(await service.authenticate(one, undefined), { kind: 'none' });
  assert.deepEqual(await signIn(service, one, client('anna')), { kind: 'signedIn', identity: 'anna' });
  assert.deepEqual(await service.authenticate(one, undefined), { kind: 'signedIn', identity: 'anna' });
  assert.deepEqual(await service.authenticate(other, undefined), { kind: 'none' });
  assert.deepEqual(await signIn(service, other, client('bert', { mic: false })), { kind: 'signedIn', identity: 'bert' });
  assert.deepEqual(await service.authenticate(one, undefined), { kind: 'signedIn', identity: 'anna' });
});

test('a header of another kind speaks for itself; the connection keeps what it has', async () => {
  const service = start();
  const connection = {};
  await signIn(service, connection, client('anna'));
  assert.deepEqual(await service.authenticate(connection, 'Bearer abc'), { kind: 'none' });
  assert.deepEqual(await service.authenticate(connection, ''), { kind: 'none' });
  assert.deepEqual(await service.authenticate(connection, undefined), { kind: 'signedIn', identity: 'anna' });
});

test('a new sign-in replaces the old one from its first message on', async () => {
  const service = start();
  const connection = {};
  await signIn(service, connection, client('anna'));
  await service.authenticate(connection, header(client('bert').negotiate));
  assert.deepEqual(await service.authenticate(connection, undefined), { kind: 'none' });
  assert.deepEqual(await signIn(service, connection, client('bert')), { kind: 'signedIn', identity: 'bert' });
});

test('NTLM messages under Negotiate are answered under Negotiate', async () => {
  const service = start();
  const connection = {};
  const anna = client('anna');
  const challenge = challengeOf(await service.authenticate(connection, header(anna.negotiate, 'negotiate')), 'Negotiate');
  assert.deepEqual(await service.authenticate(connection, header(anna.authenticate(challenge), 'Negotiate')), { kind: 'signedIn', identity: 'anna' });
});

test('a challenge answers to its own connection, once, next, and not for ever', async () => {
  let now = Date.now();
  const service = start({ now: () => now });
  const anna = client('anna');
  const [one, other] = [{}, {}];
  const challenge = challengeOf(await service.authenticate(one, header(anna.negotiate)));
  const answer = header(anna.authenticate(challenge));
  assert.equal(codeOf(await service.authenticate(other, answer)), 'IDENTITY_NTLM_UNEXPECTED', 'another connection without a challenge');
  await service.authenticate(other, header(anna.negotiate));
  assert.equal(codeOf(await service.authenticate(other, answer)), 'IDENTITY_NTLM_DENIED', 'another connection with another challenge');
  assert.equal(codeOf(await service.authenticate(one, answer)), 'signedIn');
  assert.equal(codeOf(await service.authenticate(one, answer)), 'IDENTITY_NTLM_UNEXPECTED', 'a second time');

  const late = challengeOf(await service.authenticate(one, header(anna.negotiate)));
  assert.equal(codeOf(await service.authenticate(one, undefined)), 'none', 'a half-done handshake is nobody');
  assert.equal(codeOf(await service.authenticate(one, header(anna.authenticate(late)))), 'IDENTITY_NTLM_UNEXPECTED', 'after another request');

  const old = challengeOf(await service.authenticate({}, header(anna.negotiate)));
  assert.notDeepEqual(old.subarray(24, 32), late.subarray(24, 32));
  const third = {};
  const expired = challengeOf(await service.authenticate(third, header(anna.negotiate)));
  now += 60_001;
  assert.equal(codeOf(await service.authenticate(third, header(anna.authenticate(expired)))), 'IDENTITY_NTLM_UNEXPECTED', 'too late');
});

test('requests that were sent ahead take their turns', async () => {
  const service = start();
  const connection = {};
  const anna = client('anna');
  const challenge = challengeOf(await service.authenticate(connection, header(anna.negotiate)));
  const results = await Promise.all([service.authenticate(connection, header(anna.authenticate(challenge))), service.authenticate(connection, undefined)]);
  assert.deepEqual(results.map(codeOf), ['signedIn', 'signedIn']);
});

test('refuses wrong passwords, unknown users, and users that do not exist even with the hash that stands in for theirs', async () => {
  const service = start();
  assert.equal(codeOf(await signIn(service, {}, client('anna', { password: 'wrong' }))), 'IDENTITY_NTLM_DENIED');
  assert.equal(codeOf(await signIn(service, {}, client('nobody'))), 'IDENTITY_NTLM_DENIED');
  assert.equal(codeOf(await signIn(service, {}, client('nobody', { hash: Buffer.alloc(16) }))), 'IDENTITY_NTLM_DENIED');
});

test('after five refusals a connection gets no more challenges', async () => {
  const service = start();
  const connection = {};
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal(codeOf(await signIn(service, connection, client('anna', { password: `${attempt}` }))), 'IDENTITY_NTLM_DENIED');
  assert.equal(codeOf(await service.authenticate(connection, header(client('anna').negotiate))), 'IDENTITY_NTLM_UNEXPECTED');
});

test('takes clients that leave the domain out of their key', async () => {
  assert.equal(codeOf(await signIn(start(), {}, client('anna', { keyDomain: '' }))), 'signedIn');
  assert.equal(codeOf(await signIn(start(), {}, client('anna', { keyDomain: 'OTHER' }))), 'IDENTITY_NTLM_DENIED');
});

test('takes clients that speak in a code page, as far as all code pages agree', async () => {
  const attempt = async (userName: string): Promise<string> => codeOf(await signIn(start(), {}, createTestNtlmClient({ userName, domain: 'CONTOSO', password: passwords[userName] ?? '', oem: true })));
  assert.equal(await attempt('bert'), 'signedIn');
  assert.equal(await attempt('börte'), 'IDENTITY_NTLM_MALFORMED');
});

test('an integrity code that does not fit is refused, whichever message was changed', async () => {
  const service = start();
  const anna = client('anna');
  const changed = Buffer.from(anna.negotiate);
  changed.writeUInt32LE(changed.readUInt32LE(12) & ~0x2000_0000, 12);
  const connection = {};
  const challenge = challengeOf(await service.authenticate(connection, header(changed)));
  assert.equal(codeOf(await service.authenticate(connection, header(anna.authenticate(challenge)))), 'IDENTITY_NTLM_MIC', 'NEGOTIATE');
  const second = challengeOf(await service.authenticate(connection, header(anna.negotiate)));
  const weaker = Buffer.from(second);
  weaker.writeUInt32LE(weaker.readUInt32LE(20) & ~0x2000_0000, 20);
  assert.equal(codeOf(await service.authenticate(connection, header(anna.authenticate(weaker)))), 'IDENTITY_NTLM_MIC', 'CHALLENGE');
  const third = anna.authenticate(challengeOf(await service.authenticate(connection, header(anna.negotiate))));
  third.writeUInt32LE(third.readUInt32LE(60) & ~0x2000_0000, 60);
  assert.equal(codeOf(await service.authenticate(connection, header(third))), 'IDENTITY_NTLM_MIC', 'AUTHENTICATE');
});

test('refuses NTLMv1, LM, anonymous and Kerberos sign-in', async () => {
  const service = start();
  const anna = client('anna');
  const attempt = async (change: (message: Buffer) => Buffer): Promise<string> => {
    const connection = {};
    const challenge = challengeOf(await service.authenticate(connection, header(anna.negotiate)));
    return codeOf(await service.authenticate(connection, header(change(anna.authenticate(challenge)))));
  };
  const withField = (at: number, length: number) => (message: Buffer): Buffer => {
    message.writeUInt16LE(length, at);
    return message;
  };
  assert.equal(await attempt(withField(20, 24)), 'IDENTITY_NTLM_VERSION', 'a response of 24 bytes');
  assert.equal(await attempt(withField(20, 0)), 'IDENTITY_NTLM_VERSION', 'LM alone');
  assert.equal(await attempt((message) => withField(36, 0)(withField(20, 0)(message))), 'IDENTITY_NTLM_ANONYMOUS', 'neither name nor response');
  assert.equal(
    await attempt((message) => {
      message.writeUInt32LE(message.readUInt32LE(60) | 0x800, 60);
      return message;
    }),
    'IDENTITY_NTLM_ANONYMOUS',
    'the flag',
  );
  assert.equal(codeOf(await service.authenticate({}, 'Negotiate YIIBOgYGKwYBBQUCoIIBLjCCASo=')), 'IDENTITY_NTLM_MALFORMED', 'SPNEGO');
  assert.equal(codeOf(await service.authenticate({}, 'NTLM')), 'IDENTITY_NTLM_MALFORMED', 'nothing');
  assert.equal(codeOf(await service.authenticate({}, header(Buffer.alloc(13 * 1024)))), 'IDENTITY_NTLM_MALFORMED', 'too much');
});

test('Extended Protection ties a sign-in to the certificate that the client sees', async () => {
  const token = randomBytes(16);
  const required: ChannelProtection = { policy: 'Require', token };
  const allowed: ChannelProtection = { policy: 'Allow', token };
  const none: ChannelProtection = { policy: 'None', token };
  const silent = client('anna');
  const right = client('anna', { channelBinding: token });
  const wrong = client('anna', { channelBinding: randomBytes(16) });
  const zeros = client('anna', { channelBinding: Buffer.alloc(16) });
  const outcomes = async (who: TestNtlmClient): Promise<string[]> => Promise.all([none, allowed, required].map(async (protection) => codeOf(await signIn(start(), {}, who, protection))));
  assert.deepEqual(await outcomes(right), ['signedIn', 'signedIn', 'signedIn']);
  assert.deepEqual(await outcomes(silent), ['signedIn', 'signedIn', 'IDENTITY_NTLM_CHANNEL_BINDING']);
  assert.deepEqual(await outcomes(zeros), ['signedIn', 'signedIn', 'IDENTITY_NTLM_CHANNEL_BINDING']);
  assert.deepEqual(await outcomes(wrong), ['signedIn', 'IDENTITY_NTLM_CHANNEL_BINDING', 'IDENTITY_NTLM_CHANNEL_BINDING']);

  const service = start();
  const connection = {};
  await signIn(service, connection, silent);
  assert.equal(codeOf(await service.authenticate(connection, undefined, required)), 'none', 'what was proved without a binding is not enough elsewhere');
  await signIn(service, connection, right, none);
  assert.equal(codeOf(await service.authenticate(connection, undefined, required)), 'signedIn');
});

test('a failing directory is no refusal, and binds nobody', async () => {
  const service = start({ findAccount: () => Promise.reject(new Error('the store is gone')) });
  const connection = {};
  await assert.rejects(signIn(service, connection, client('anna')), /the store is gone/);
  assert.deepEqual(await service.authenticate(connection, undefined), { kind: 'none' });
});

test('no bytes make it throw, hang or sign anybody in', async () => {
  const service = start();
  const anna = client('anna');
  const whole = anna.authenticate(challengeOf(await service.authenticate({}, header(anna.negotiate))));
  await assertProperty(
    asyncProperty(array(tuple(nat(whole.length - 1), integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 12 }), nat(whole.length), async (changes, cut) => {
      const connection = {};
      const challenge = challengeOf(await service.authenticate(connection, header(anna.negotiate)));
      const message = anna.authenticate(challenge);
      const before = Buffer.from(message);
      for (const [at, value] of changes) message[at % message.length] = (message[at % message.length] ?? 0) ^ value;
      const sent = cut % 3 === 0 ? message.subarray(0, cut) : message;
      const result = await service.authenticate(connection, header(sent));
      assert.ok(result.kind !== 'signedIn' || sent.equals(before), codeOf(result));
    }),
    { numRuns: 300 },
  );
});
