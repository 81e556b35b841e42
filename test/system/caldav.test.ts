import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { caldavCalendars, createAvailabilityEngine } from '../../src/availability/index.ts';
import type { CalDavSettings } from '../../src/availability/index.ts';
import type { AvailabilityResponse } from '../../src/ews/index.ts';
import { createHttpClient, createLog, listen, systemDial } from '../../src/foundation/index.ts';
import { openOrganization } from '../../src/organization/index.ts';
import { calendarEvent, put, startRadicale, withoutRadicale } from './radicale-fixture.ts';

// An organisation whose calendars are on a CalDAV server: Debian's radicale, and servers that misbehave.

const monday = Date.UTC(2026, 10, 30);
const hour = 3_600_000;

interface World {
  look(address: string, hours?: number): Promise<{ code?: string; message?: string; events: readonly string[] }>;
  log: string[];
  pass(milliseconds: number): void;
}

async function world(t: TestContext, settings: Omit<CalDavSettings, 'userName' | 'password'> & Partial<CalDavSettings>): Promise<World> {
  let now = monday;
  const clock = { now: () => now };
  const log: string[] = [];
  const logger = createLog('test', { level: 'warn', destination: { write: (line) => void log.push(line) } });
  const organization = await openOrganization({ file: ':memory:', clock, passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  const httpClient = createHttpClient({ dial: systemDial });
  t.after(async () => {
    await httpClient.close();
    await organization.close();
  });
  for (const name of ['anna', 'bert', 'carl']) await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test`, timeZone: 'W. Europe Standard Time' });
  const calendars = caldavCalendars({ userName: 'reader', password: 'secret', ...settings, organization, httpClient, clock, log: logger });
  const lookUp = createAvailabilityEngine({ organization: { ...organization, calendars }, httpClient, getAuthorization: () => Promise.reject(new Error('nobody else is asked')), serverName: 'EX1', serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1, minorBuildNumber: 1, version: 'V2017_07_11' }, clock, log: logger });
  const recipient = await organization.directory.resolve('carl@contoso.test');
  assert.ok(recipient !== undefined);
  return {
    log,
    pass: (milliseconds) => void (now += milliseconds),
    async look(address, hours = 24) {
      const answer: AvailabilityResponse = await lookUp(
        { mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start: monday, end: monday + hours * hour }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' } },
        { recipient, origin: 'local' },
        { requestId: 'request-0001', signal: new AbortController().signal },
      );
      const [outcome] = answer.freeBusy ?? [];
      assert.ok(outcome !== undefined);
      if (!outcome.ok) return { code: outcome.failure.responseCode, message: outcome.failure.messageText, events: [] };
      return { events: (outcome.view.events ?? []).map(({ start, end, busyType }) => `${new Date(start).toISOString().slice(11, 16)}-${new Date(end).toISOString().slice(11, 16)} ${busyType}`) };
    },
  };
}

test('free/busy comes from a CalDAV server: series, exceptions, zones, all calendars of a person', { skip: withoutRadicale, timeout: 120_000 }, async (t) => {
  const url = await startRadicale(t);
  await put(`${url}/anna/`, 'MKCOL');
  await put(`${url}/anna/work/`, 'MKCALENDAR');
  await put(`${url}/anna/home/`, 'MKCALENDAR');
  await put(`${url}/bert/`, 'MKCOL');
  await put(`${url}/bert/work/`, 'MKCALENDAR');
  await put(`${url}/anna/work/1.ics`, 'PUT', calendarEvent('1', 'DTSTART;TZID=Europe/Berlin:20261102T090000', 'DTEND;TZID=Europe/Berlin:20261102T100000', 'RRULE:FREQ=WEEKLY', 'SUMMARY:weekly'));
  await put(`${url}/anna/work/2.ics`, 'PUT', calendarEvent('2', 'DTSTART:20261130T130000Z', 'DTEND:20261130T140000Z', 'STATUS:TENTATIVE', 'SUMMARY:maybe'));
  await put(`${url}/anna/home/3.ics`, 'PUT', calendarEvent('3', 'DTSTART:20261130T180000Z', 'DTEND:20261130T190000Z', 'SUMMARY:home'));
  await put(`${url}/anna/home/4.ics`, 'PUT', calendarEvent('4', 'DTSTART:20261202T180000Z', 'DTEND:20261202T190000Z', 'SUMMARY:another day'));
  const { look, log } = await world(t, { url: `${url}/{localPart}/` });
  assert.deepEqual(await look('anna@contoso.test'), { events: ['08:00-09:00 Busy', '13:00-14:00 Tentative', '18:00-19:00 Busy'] });
  assert.deepEqual(await look('bert@contoso.test'), { events: [] });
  const missing = await look('carl@contoso.test');
  assert.equal(missing.code, 'ErrorFreeBusyGenerationFailed');
  assert.match(missing.message ?? '', /there is no calendar at the address/);
  assert.match(log.join(''), /AVAILABILITY_CALENDAR_SOURCE/);
  assert.doesNotMatch(log.join(''), /secret/);
});

test('an answer is as old as was configured, and no older', { skip: withoutRadicale, timeout: 120_000 }, async (t) => {
  const url = await startRadicale(t);
  await put(`${url}/anna/`, 'MKCOL');
  await put(`${url}/anna/work/`, 'MKCALENDAR');
  const { look, pass } = await world(t, { url: `${url}/{localPart}/work`, cacheMs: 60_000 });
  assert.deepEqual(await look('anna@contoso.test'), { events: [] });
  await put(`${url}/anna/work/1.ics`, 'PUT', calendarEvent('1', 'DTSTART:20261130T130000Z', 'DTEND:20261130T140000Z'));
  pass(59_999);
  assert.deepEqual(await look('anna@contoso.test'), { events: [] });
  pass(1);
  assert.deepEqual(await look('anna@contoso.test'), { events: ['13:00-14:00 Busy'] });
  await put(`${url}/anna/work/1.ics`, 'DELETE');
  // A longer window than the one that is kept is asked for anew.
  assert.deepEqual(await look('anna@contoso.test', 24 * 7), { events: [] });
});

test('wrong credentials, and servers that are none, fail one mailbox with a reason and without their password', { timeout: 120_000 }, async (t) => {
  const seen: string[] = [];
  const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    refuses: (_, response) => void response.writeHead(401).end(),
    html: (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
    redirects: (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end(),
    garbage: (_, response) => void response.writeHead(207, { 'content-type': 'application/xml' }).end('<d:multistatus xmlns:d="DAV:"><d:response><d:href>'),
    elsewhere: (request, response) => void response.writeHead(207, { 'content-type': 'application/xml' }).end(`<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>http://localhost:${request.socket.localPort}/elsewhere/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`),
    endless: (_, response) => {
      response.writeHead(207, { 'content-type': 'application/xml' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1 << 20)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    },
    silent: () => undefined,
  };
  const listener = await listen(
    createServer((request, response) => {
      seen.push(`${request.headers.host} ${request.url}`);
      const [, name = ''] = (request.url ?? '').split('/');
      request.resume();
      answers[name]?.(request, response);
    }),
  );
  t.after(() => listener.close());
  const expected: Readonly<Record<string, RegExp>> = {
    refuses: /refused the name or the password/,
    html: /what answers there is no CalDAV server/,
    redirects: /answered with status 302/,
    garbage: /cannot be reached, or its answer cannot be read|there is no calendar/,
    elsewhere: /there is no calendar/,
    endless: /too large|did not answer within/,
    silent: /did not answer within 1 s/,
  };
  for (const [name, reason] of Object.entries(expected)) {
    const { look, log } = await world(t, { url: `http://127.0.0.1:${listener.port}/${name}/{address}`, timeoutMs: name === 'silent' ? 1_000 : 20_000 });
    const { code, message } = await look('anna@contoso.test');
    assert.equal(code, 'ErrorFreeBusyGenerationFailed', name);
    assert.match(message ?? '', reason);
    assert.doesNotMatch(`${message}${log.join('')}`, /secret|cmVhZGVy/);
  }
  assert.ok(seen.every((line) => line.startsWith(`127.0.0.1:${listener.port} `)), 'nobody was led elsewhere');
  const { look } = await world(t, { url: 'http://127.0.0.1:1/{address}' });
  assert.match((await look('anna@contoso.test')).message ?? '', /cannot be reached/);
});
