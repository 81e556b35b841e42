import { calendarQuery, propfind } from 'tsdav';
import { fetch as undiciFetch, Response as UndiciResponse } from 'undici';
import type { Dispatcher } from 'undici';
import { errorCode, errorText } from '../../foundation/index.ts';
import { AvailabilityError } from '../availability-error.ts';

export interface CalDavClientOptions {
  httpClient: Dispatcher;
  userName: string;
  password: string;
  /** Milliseconds for one request. */
  timeoutMs: number;
}

/** Reads calendars of a CalDAV server (RFC 4791). It never writes. Methods throw `AVAILABILITY_CALDAV_UNREADABLE`. */
export interface CalDavClient {
  /** The calendar at that address, or those in the collection there. Calendars that say that they do not make busy are left out. */
  calendars(url: string): Promise<readonly string[]>;
  /** The iCalendar objects with events in a window, series as a whole. */
  events(calendar: string, window: { start: number; end: number }): Promise<readonly { href: string; text: string }[]>;
}

/** Bytes of one answer, and calendars of one person. */
const largestAnswer = 32 * 1024 * 1024;
const mostCalendars = 50;

export function createCalDavClient(options: CalDavClientOptions): CalDavClient {
  const headers = { authorization: `Basic ${Buffer.from(`${options.userName}:${options.password}`).toString('base64')}` };
  const fetch = boundedFetch(options);
  const asked = async <Answer>(url: string, work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AvailabilityError) throw error;
      const cause = (error as { cause?: unknown }).cause ?? error;
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      throw calendarSourceError(isLate ? `it did not answer within ${options.timeoutMs / 1000} s` : 'it cannot be reached, or its answer cannot be read', { url: withoutQuery(url), reason: errorCode(cause) ?? errorText(cause) });
    }
  };
  return {
    calendars: (url) =>
      asked(url, async () => {
        const answers = await propfind({ url, props: { 'd:resourcetype': {}, 'c:schedule-calendar-transp': {} }, depth: '1', headers, fetch });
        const found = answers.filter(({ props }) => isRecord(props?.['resourcetype']) && 'calendar' in props['resourcetype'] && !isTransparent(props['scheduleCalendarTransp']));
        const urls = found.flatMap(({ href }) => sameOrigin(href, url));
        if (urls.length > mostCalendars) throw calendarSourceError(`there are more than ${mostCalendars} calendars`, { url: withoutQuery(url) });
        return urls;
      }),
    events: (calendar, { start, end }) =>
      asked(calendar, async () => {
        const timeRange = { 'c:time-range': { _attributes: { start: basicUtc(start), end: basicUtc(end) } } };
        const answers = await calendarQuery({
          url: calendar,
          props: { 'c:calendar-data': {} },
          filters: { 'c:comp-filter': { _attributes: { name: 'VCALENDAR' }, 'c:comp-filter': { _attributes: { name: 'VEVENT' }, ...timeRange } } },
          depth: '1',
          headers,
          fetch,
        });
        return answers.flatMap(({ href, props }) => {
          const text = textOf(props?.['calendarData']);
          return text === undefined ? [] : [{ href: href ?? '', text }];
        });
      }),
  };
}

/** Through our own dialling, in time, without redirects (a password must not travel), and no larger than can be kept. */
function boundedFetch({ httpClient, timeoutMs }: CalDavClientOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const response = await undiciFetch(url, { method: init?.method ?? 'GET', headers: init?.headers as Record<string, string>, body: (init?.body as string | null | undefined) ?? null, dispatcher: httpClient, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of response.body ?? []) {
      size += (piece as Uint8Array).length;
      if (size > largestAnswer) throw calendarSourceError('its answer is too large', { url: withoutQuery(url) });
      pieces.push(piece as Uint8Array);
    }
    if (!response.ok) throw calendarSourceError(refusalOf(response.status), { url: withoutQuery(url), status: response.status });
    if (response.status !== 207) throw calendarSourceError('what answers there is no CalDAV server', { url: withoutQuery(url), status: response.status });
    return new UndiciResponse(Buffer.concat(pieces), { status: response.status, headers: response.headers });
  };
}

function refusalOf(status: number): string {
  if (status === 401) return 'it refused the name or the password';
  if (status === 403) return 'the account may not read the calendar';
  if (status === 404) return 'there is no calendar at the address';
  return `it answered with status ${status}`;
}

/** Safe for whoever asks for free/busy: address and status are for the log. */
export function calendarSourceError(reason: string, facts: Readonly<Record<string, unknown>>): AvailabilityError {
  return new AvailabilityError('AVAILABILITY_CALDAV_UNREADABLE', `The calendar could not be read from the CalDAV server: ${reason}.`, { facts });
}

/** An answer must not lead elsewhere, where the password would follow. */
function sameOrigin(href: string | undefined, base: string): string[] {
  if (href === undefined || !URL.canParse(href, base)) return [];
  const url = new URL(href, base);
  return url.origin === new URL(base).origin ? [url.href] : [];
}

/** RFC 6638 §9.1. */
function isTransparent(value: unknown): boolean {
  return isRecord(value) && 'transparent' in value;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isRecord(value) && typeof value['_cdata'] === 'string' ? value['_cdata'] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** `20261102T100000Z`. */
function basicUtc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
}
