import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLog, errorCode } from '../foundation/index.ts';
import { openOrganization } from '../organization/index.ts';
import type { NewRecipient, Organization } from '../organization/index.ts';
import type { BasicCredentials } from './basic-credentials.ts';
import { createBasicCredentials } from './basic-credentials.ts';
import { basicOf } from './test-premises.ts';

const password = 'Pa$$w0rd';
const address = '192.0.2.1';
let organization: Organization;
let now = Date.parse('2026-11-21T09:00:00Z');
/** Passwords that the directory has checked. */
let checked = 0;
const logged: string[] = [];

before(async () => {
  const opened = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  const { directory } = opened;
  const checkPassword: typeof directory.checkPassword = (userName, secret) => {
    checked += 1;
    return directory.checkPassword(userName, secret);
  };
  organization = { ...opened, directory: { ...directory, checkPassword } };
});
after(() => organization.close());

function createCredentials(): BasicCredentials {
  const log = createLog('premises', { level: 'trace', destination: { write: (line) => void logged.push(line) } });
  checked = 0;
  logged.length = 0;
  return createBasicCredentials({ organization, clock: { now: () => now }, log, rememberMs: 60_000, waiting: 146 });
}

async function add(name: string, secret = password): Promise<string> {
  const recipient: NewRecipient = { recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` };
  const { guid } = await organization.directory.create(recipient);
  await organization.directory.setPassword(guid, secret);
  return guid;
}

const succeeds = async (credentials: BasicCredentials, name: string, secret = password, from = address): Promise<boolean> =>
  (await credentials.check(basicOf(`${name}@contoso.test`, secret), from)) !== undefined;

test('reads user name and password as RFC 7617 has them, and nothing else', async () => {
  const guid = await add('colon', 'a:b:ü');
  const credentials = createCredentials();
  for (const value of [basicOf('colon@contoso.test', 'a:b:ü'), basicOf('colon@contoso.test', 'a:b:ü').replace('Basic ', 'bAsIc   '), basicOf('CONTOSO\\colon', 'a:b:ü')]) {
    assert.equal((await credentials.check(value, address))?.guid, guid, value);
  }
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  for (const value of ['', 'Basic', 'Basic ', 'Basic ?', `Basic ${encode('colon@contoso.test')}`, `Basic ${encode(':a')}`, `Bearer ${encode('colon@contoso.test:a:b:ü')}`, `${basicOf('colon@contoso.test', 'a:b:ü')} x`]) {
    assert.equal(await credentials.check(value, address), undefined, value);
  }
});

test('a verified header is remembered for a while, and its user name and password for nothing else', async () => {
  await add('kept');
  const credentials = createCredentials();
  for (let round = 0; round < 5; round += 1) assert.equal(await succeeds(credentials, 'kept'), true);
  assert.equal(checked, 1);
  assert.equal(await succeeds(credentials, 'kept', `${password}x`), false);
  assert.equal(checked, 2);
  now += 60_000;
  assert.equal(await succeeds(credentials, 'kept'), true);
  assert.equal(checked, 3);
});

test('what is remembered ends with the password, the account, and the name', async () => {
  const { directory } = organization;
  const guid = await add('mary');
  const credentials = createCredentials();
  assert.equal(await succeeds(credentials, 'mary'), true);
  await directory.setPassword(guid, 'new');
  assert.equal(await succeeds(credentials, 'mary'), false);
  assert.equal(await succeeds(credentials, 'mary', 'new'), true);
  await directory.update(guid, { userPrincipalName: 'maria@contoso.test', primarySmtpAddress: 'maria@contoso.test' });
  assert.equal(await succeeds(credentials, 'mary', 'new'), false);
  assert.equal(await succeeds(credentials, 'maria', 'new'), true);
  await directory.remove(guid);
  assert.equal(await succeeds(credentials, 'maria', 'new'), false);
  await add('mary', 'other');
  assert.equal(await succeeds(credentials, 'mary', 'new'), false, 'her successor has another password');
});

test('a password that is changed while it is checked is not remembered', async () => {
  const guid = await add('racing');
  const { directory } = organization;
  const credentials = createBasicCredentials({
    organization: {
      ...organization,
      directory: {
        ...directory,
        async checkPassword(userName, secret) {
          const recipient = await directory.checkPassword(userName, secret);
          await directory.setPassword(guid, 'new');
          return recipient;
        },
      },
    },
    clock: { now: () => now },
    log: createLog('premises', { level: 'silent' }),
  });
  assert.equal(await succeeds(credentials, 'racing'), true, 'it was right when it came');
  assert.equal(await succeeds(credentials, 'racing'), false);
});

test('the same credentials on many connections at once are checked once', async () => {
  await add('busy');
  const credentials = createCredentials();
  assert.deepEqual(await Promise.all(Array.from({ length: 30 }, () => succeeds(credentials, 'busy'))), Array.from({ length: 30 }, () => true));
  assert.equal(checked, 1);
});

test('after ten wrong passwords an account’s are not looked at for a minute, then two, and the right one starts anew', async () => {
  const guid = await add('victim');
  const credentials = createCredentials();
  for (let round = 0; round < 10; round += 1) assert.equal(await succeeds(credentials, 'victim', `guess ${round}`), false);
  assert.equal(checked, 10);
  assert.equal(await succeeds(credentials, 'victim'), false, 'not even the right one, or guessing would go on');
  assert.equal(await succeeds(credentials, 'victim', password, '198.51.100.7'), false, 'wherever it comes from');
  assert.equal(await credentials.check(basicOf('CONTOSO\\victim', 'guess'), address), undefined);
  assert.equal(checked, 10);
  now += 59_999;
  assert.equal(await succeeds(credentials, 'victim'), false);
  now += 1;
  assert.equal(await succeeds(credentials, 'victim', 'guess 11'), false);
  assert.equal(checked, 11);
  now += 60_000;
  assert.equal(await succeeds(credentials, 'victim'), false);
  now += 60_000;
  assert.equal(await succeeds(credentials, 'victim'), true);
  for (let round = 0; round < 9; round += 1) await succeeds(credentials, 'victim', `again ${round}`);
  now += 120_000;
  assert.equal(await succeeds(credentials, 'victim'), true, 'nine are not ten');
  const locks = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(locks.map(({ code, account }) => [code, account]), [['PREMISES_SIGN_IN_LOCKED', guid], ['PREMISES_SIGN_IN_LOCKED', guid]]);
});

test('a lock does not tell who has an account, and its log line nothing of what was typed', async () => {
  await add('known');
  const credentials = createCredentials();
  const attempts = async (name: string): Promise<number> => {
    const before = checked;
    for (let round = 0; round < 12; round += 1) await succeeds(credentials, name, `guess ${round}`);
    return checked - before;
  };
  assert.deepEqual([await attempts('known'), await attempts('nobody-at-all')], [10, 10]);
  const text = logged.join('');
  assert.match(text, /PREMISES_SIGN_IN_LOCKED/);
  assert.doesNotMatch(text, /guess|nobody-at-all/);
});

test('who has signed in already does not notice that somebody else guesses', async () => {
  await add('calm');
  const credentials = createCredentials();
  assert.equal(await succeeds(credentials, 'calm'), true);
  for (let round = 0; round < 20; round += 1) await succeeds(credentials, 'calm', `guess ${round}`, '198.51.100.7');
  assert.equal(await succeeds(credentials, 'calm'), true);
});

test('an address that fails a hundred times in a minute is not heard for the rest of it, others are', async () => {
  const credentials = createCredentials();
  await Promise.all(Array.from({ length: 150 }, (_, index) => succeeds(credentials, `guessed-${index}`, 'x')));
  // Those whose turn had come already are finished.
  assert.ok(checked >= 100 && checked <= 104, String(checked));
  const before = checked;
  await add('late');
  assert.equal(await succeeds(credentials, 'late'), false);
  assert.equal(checked, before);
  assert.equal(await succeeds(credentials, 'late', password, '198.51.100.7'), true);
  now += 60_000;
  assert.equal(await succeeds(credentials, 'late'), true);
});

test('a flood is turned away with an error of its own', async () => {
  const credentials = createCredentials();
  const results = await Promise.allSettled(Array.from({ length: 160 }, (_, index) => succeeds(credentials, `flood-${index}`, 'x', `2001:db8::${index.toString(16)}`)));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [errorCode(result.reason)] : []));
  assert.deepEqual(refused, Array.from({ length: 10 }, () => 'PREMISES_BUSY'));
  assert.equal(await succeeds(credentials, 'late'), true, 'afterwards there is room again');
});
