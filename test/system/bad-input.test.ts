import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { availabilityRequest, basic, post, startLabFixture } from './lab-fixture.ts';
import type { LabFixture, SoapResult } from './lab-fixture.ts';

let fixture: LabFixture;
let ews: string;
let signedIn: Record<string, string>;
before(async () => {
  fixture = await startLabFixture();
  ews = fixture.info.parties.cloud.urls['ews'] ?? '';
  signedIn = { authorization: basic(fixture.account('anna')) };
});
after(() => fixture.close());

const window = { start: '2026-11-23T00:00:00', end: '2026-11-24T00:00:00' };

/** After every refusal the same door must still work. */
async function stillWorks(): Promise<void> {
  const answer = await post(fixture, ews, availabilityRequest(['anna@contoso.test'], window), signedIn);
  assert.equal(answer.status, 200);
  assert.match(answer.text, /<(?:\w+:)?ResponseCode[^>]*>NoError</);
}

async function refused(body: string | Buffer, headers = signedIn): Promise<SoapResult> {
  const answer = await post(fixture, ews, body, headers);
  await stillWorks();
  return answer;
}

test('without sign-in there is a challenge and nothing else', async () => {
  const answer = await refused(availabilityRequest(['anna@contoso.test'], window), {});
  assert.equal(answer.status, 401);
  assert.equal(answer.text, '');
  const schemes = [answer.headers['www-authenticate']].flat().join('\n');
  assert.match(schemes, /^Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@[0-9a-f-]{36}", token_types="app_asserted_user_v1 service_asserted_app_v1"/m);
  assert.match(schemes, /^Basic realm="localhost"$/m);
});

test('a wrong password, an empty Bearer and a token that is none are 401', async () => {
  const anna = fixture.account('anna');
  assert.equal((await refused('', { authorization: basic({ ...anna, password: 'wrong' }) })).status, 401);
  assert.equal((await refused('', { authorization: 'Bearer' })).status, 401);
  const garbage = await refused('', { authorization: 'Bearer not.a.token' });
  assert.equal(garbage.status, 401);
  assert.match(String(garbage.headers['x-ms-diagnostics']), /^2000001;reason="OAuth token submitted with the request can not be parsed\.";error_category="invalid_token"$/);
});

test('a token for another service, and one of a foreign issuer, are refused', async () => {
  const anna = fixture.account('anna');
  const response = await post(
    fixture,
    fixture.info.parties.sts.urls['token'] ?? '',
    new URLSearchParams({ grant_type: 'password', client_id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource: 'https://outlook.cloud.test', username: anna.userName ?? '', password: anna.password ?? '' }).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
  const { access_token: token } = JSON.parse(response.text) as { access_token: string };
  const elsewhere = await refused('', { authorization: `Bearer ${token}` });
  assert.equal(elsewhere.status, 401);
  assert.match(String(elsewhere.headers['x-ms-diagnostics']), /^2000003;reason="The hostname component of the audience claim value/);
  const [header = '', , signature = ''] = token.split('.');
  const foreign = `${header}.${Buffer.from(JSON.stringify({ iss: 'https://sts.windows.net/00000000-0000-4000-8000-000000000000/', aud: 'https://localhost', exp: 4e9 })).toString('base64url')}.${signature}`;
  assert.equal((await refused('', { authorization: `Bearer ${foreign}` })).status, 401);
});

test('malformed XML and a DTD are refused as requests, not parsed', async () => {
  assert.equal((await refused('<soap:Envelope')).status, 400);
  const dtd = await refused(availabilityRequest(['anna@contoso.test'], window, { prologue: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }));
  assert.equal(dtd.status, 400);
  assert.doesNotMatch(dtd.text, /root:/);
});

test('a 100 MB body is refused quickly and the next request works', async () => {
  const started = Date.now();
  const answer = await refused(Buffer.alloc(100 * 1024 * 1024, 0x20));
  assert.equal(answer.status, 413);
  assert.ok(Date.now() - started < 5_000);
});

test('a wrong time zone, a window that is too long, and too many mailboxes have the published codes', async () => {
  const zone = await refused(availabilityRequest(['anna@contoso.test'], window, { timeZone: '' }));
  assert.match(zone.text, /ErrorSchemaValidation/);
  assert.match(zone.text, /List of possible elements expected: 'TimeZone'/);
  const unknownZone = await refused(availabilityRequest(['anna@contoso.test'], window, { timeZone: '', timeZoneContext: 'Atlantis Standard Time' }));
  assert.match(unknownZone.text, /<e:ResponseCode[^>]*>ErrorTimeZone</);
  const long = await refused(availabilityRequest(['anna@contoso.test'], { start: '2026-01-01T00:00:00', end: '2026-12-31T00:00:00' }));
  assert.match(long.text, /ErrorTimeIntervalTooBig/);
  const many = await refused(availabilityRequest(Array.from({ length: 101 }, (_, index) => `user${index}@contoso.test`), window));
  assert.match(many.text, /ErrorMailboxDataArrayTooBig/);
});

test('paths and methods that are not served say so', async () => {
  const base = ews.replace('/EWS/Exchange.asmx', '');
  assert.equal((await post(fixture, `${base}/owa/`, '', signedIn)).status, 404);
  assert.equal((await post(fixture, `${base}/ews/EXCHANGE.ASMX`, availabilityRequest(['anna@contoso.test'], window), signedIn)).status, 200, 'paths do not mind their case');
});
