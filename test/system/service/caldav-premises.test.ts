import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { getUserAvailability } from '../../../src/ews/index.ts';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { connectExchange } from '../../../src/management/index.ts';
import type { CmdletSession } from '../../../src/management/index.ts';
import { calendarEvent, put, startRadicale, withoutRadicale } from '../radicale-fixture.ts';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld, StartedProcess } from './service-world.ts';

/*
 * Docs/caldav.md end to end: an organisation whose premises.yaml names a CalDAV server (radicale), and another one whose
 * people look up its free/busy. Both are processes of their own, started from their files.
 */

const password = 'A-long-passw0rd-of-the-test';
const monday = Date.UTC(2026, 10, 30);
const hour = 3_600_000;

interface Party {
  process: StartedProcess;
  ews: string;
  session: CmdletSession;
}

async function startParty(world: ServiceWorld, httpClient: ReturnType<typeof createHttpClient>, name: string, domain: string, more = ''): Promise<Party> {
  const administrator = `administrator@${domain}`;
  const initial = `initial:\n  organizationName: ${name}\n  serverName: ${name.toUpperCase()}\n  serverFqdn: localhost\n  acceptedDomains: [${domain}]\n  administrator: ${administrator}\n  administratorPassword: { file: password }\n`;
  world.file(`${name}.yaml`, `stateDirectory: ${name}\ntenantId: ${name}\nca: ca.pem\npublic: { port: 0, certificate: relay.pem, privateKey: relay.key }\nadmin: { port: 0 }\n${more}${initial}`);
  const process = world.start(['premises', '--config', `${name}.yaml`]);
  const urls = (await process.logged('organisation started')) as { ews: string; admin: string };
  const authorization = `Basic ${Buffer.from(`${administrator}:${password}`).toString('base64')}`;
  return { process, ews: urls.ews.replace('127.0.0.1', 'localhost'), session: connectExchange({ url: new URL(urls.admin).origin, httpClient, authorization: () => authorization, tenant: name }) };
}

async function start(t: TestContext): Promise<{ radicale: string; groupware: Party; exchange: Party; look(addresses: readonly string[]): Promise<unknown[]> }> {
  const radicale = await startRadicale(t);
  const world = await startServiceWorld();
  const httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(world.caFile, 'utf8') });
  t.after(async () => {
    await httpClient.close();
    await world.close();
  });
  world.file('password', password);
  world.file('caldav.password', 'secret\n');
  const calDav = `calDav:\n  url: ${radicale}/{localPart}/\n  userName: reader\n  password: { file: caldav.password }\n  cacheSeconds: 3600\n`;
  const [groupware, exchange] = await Promise.all([startParty(world, httpClient, 'groupware', 'groupware.test', calDav), startParty(world, httpClient, 'exchange', 'contoso.test')]);
  const look = async (addresses: readonly string[]): Promise<unknown[]> => {
    const authorization = `Basic ${Buffer.from(`carl@contoso.test:${password}`).toString('base64')}`;
    const { freeBusy = [] } = await getUserAvailability(
      { url: exchange.ews, httpClient, authorization: () => authorization, userAgent: 'test', requestId: 'request-0001' },
      {
        mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
        freeBusyView: { window: { start: monday, end: monday + 24 * hour }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' },
      },
    );
    return freeBusy.map((outcome) => (outcome.ok ? (outcome.view.events ?? []).map(({ start, end, busyType }) => `${new Date(start).toISOString().slice(11, 16)}-${new Date(end).toISOString().slice(11, 16)} ${busyType}`) : `${outcome.failure.responseCode}: ${outcome.failure.messageText}`));
  };
  return { radicale, groupware, exchange, look };
}

test('free/busy of a CalDAV server is seen from another organisation: events, age, one failure of many', { skip: withoutRadicale, timeout: 240_000 }, async (t) => {
  const { radicale, groupware, exchange, look } = await start(t);
  await put(`${radicale}/anna/`, 'MKCOL');
  await put(`${radicale}/anna/work/`, 'MKCALENDAR');
  await put(`${radicale}/anna/work/1.ics`, 'PUT', calendarEvent('1', 'DTSTART;TZID=Europe/Berlin:20261102T090000', 'DTEND;TZID=Europe/Berlin:20261102T100000', 'RRULE:FREQ=WEEKLY', 'SUMMARY:weekly'));

  for (const name of ['anna', 'bert', 'asker']) await groupware.session.invoke('New-Mailbox', { Name: name, Alias: name, UserPrincipalName: `${name}@groupware.test`, Password: password });
  await groupware.session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'GROUPWARE\\EWS (Default Web Site)', InternalUrl: groupware.ews, ExternalUrl: groupware.ews });
  await groupware.session.invoke('Restart-Service', { Name: 'W3SVC' });
  await exchange.session.invoke('New-Mailbox', { Name: 'carl', Alias: 'carl', UserPrincipalName: 'carl@contoso.test', Password: password });
  await exchange.session.invoke('Add-AvailabilityAddressSpace', {
    ForestName: 'groupware.test',
    AccessMethod: 'PerUserFB',
    TargetAutodiscoverEpr: new URL('/autodiscover/autodiscover.xml', groupware.ews).href,
    Credentials: { UserName: 'asker@groupware.test', Password: password },
  });
  await exchange.session.invoke('Restart-Service', { Name: 'W3SVC' });

  const [anna, bert] = await look(['anna@groupware.test', 'bert@groupware.test']);
  assert.deepEqual(anna, ['08:00-09:00 Busy']);
  assert.match(String(bert), /^ErrorFreeBusyGenerationFailed: .*there is no calendar at the address/);

  // An answer may be an hour old, as the file says; the administrator can have all forgotten at once.
  await put(`${radicale}/anna/work/2.ics`, 'PUT', calendarEvent('2', 'DTSTART:20261130T130000Z', 'DTEND:20261130T140000Z', 'STATUS:TENTATIVE'));
  assert.deepEqual(await look(['anna@groupware.test']), [['08:00-09:00 Busy']]);
  await groupware.session.invoke('Restart-Service', { Name: 'W3SVC' });
  assert.deepEqual(await look(['anna@groupware.test']), [['08:00-09:00 Busy', '13:00-14:00 Tentative']]);

  // What failed before is not kept: the calendar that comes into being is seen at once.
  await put(`${radicale}/bert/`, 'MKCOL');
  await put(`${radicale}/bert/work/`, 'MKCALENDAR');
  assert.deepEqual(await look(['bert@groupware.test']), [[]]);

  groupware.process.child.kill('SIGTERM');
  const { code, stdout } = await groupware.process.finished;
  assert.equal(code, 0, stdout);
  assert.match(stdout, /AVAILABILITY_CALENDAR_SOURCE/);
  assert.doesNotMatch(stdout, /cmVhZGVyOnNlY3JldA|"secret"/);
});
