import type { FileSink } from '../evidence-collector.ts';
import { sideOfParty } from '../recognize-kind.ts';
import { defaultFields, isDefaultLogLine } from '../text/default-log-lines.ts';
import type { LineReader } from './evidence-reader.ts';

const wanted = ['date', 'time', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs(User-Agent)', 'sc-status', 'sc-substatus', 'error-code'] as const;
type Field = (typeof wanted)[number];

/** IIS's W3C extended log, UTC. Requests across organisations, of moves, and refusals are of interest. */
export function createW3cLogReader(sink: FileSink): LineReader {
  let at: Partial<Record<Field, number>> = {};
  let day = '';
  let dayStart = Number.NaN;
  let broken = 0;
  /** Where the status stands from the end of a line: the fields before it are the long ones. */
  let statusFromEnd = 0;
  let passedOver: string | undefined;
  const learn = (fields: string): void => {
    const names = fields.trim().split(/\s+/);
    statusFromEnd = names.includes('sc-status') ? names.length - names.indexOf('sc-status') : 0;
    at = Object.fromEntries(wanted.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)]] : [])));
  };
  const field = (parts: readonly string[], name: Field): string => {
    const index = at[name];
    return index === undefined ? '' : (parts[index] ?? '');
  };
  const momentOf = (parts: readonly string[]): number => {
    const date = at.date === undefined ? day : field(parts, 'date');
    if (date !== day || Number.isNaN(dayStart)) {
      day = date;
      dayStart = Date.parse(`${date}T00:00:00Z`);
    }
    return dayStart + secondsOf(field(parts, 'time'));
  };
  const span = (text: string): void => sink.span(momentOf(text.split(' ')));
  const read = (text: string, number: number): void => {
    const parts = text.split(' ');
    const status = Number(field(parts, 'sc-status'));
    if (!(status >= 100 && status < 600)) {
      broken++;
      return;
    }
    const moment = momentOf(parts);
    const path = field(parts, 'cs-uri-stem');
    const userAgent = field(parts, 'cs(User-Agent)');
    sink.span(moment);
    const substatus = Number(field(parts, 'sc-substatus')) || 0;
    const occurrence = { line: number, text, at: moment };
    const isCrossForest = userAgent.includes('CrossForest') || userAgent.startsWith('TestOrganizationRelationship') || path.endsWith('mrsproxy.svc');
    const code = field(parts, 'error-code');
    // What one of our own parties refused itself says nothing about Exchange.
    if (code.length <= 1 || status === 401) sink.request({ at: moment, path, userAgent, status, substatus }, occurrence);
    if (status < 400 && !isCrossForest) return;
    if (isCrossForest || status >= 500 || (status !== 401 && /^\/(?:ews|autodiscover|mapi|oab)\b/i.test(path))) sink.see({ ...occurrence, summary: `${status}${substatus === 0 ? '' : `.${substatus}`} ${field(parts, 'cs-method')} ${path}${code.length > 1 ? ` ${code}` : ''} · ${userAgent.replaceAll('+', ' ')}` }, `${status}.${substatus} ${path} ${isCrossForest ? userAgent.slice(0, 40) : ''}`);
    if (code === 'RELAY_NO_AGENT') sink.sign({ failure: 'M35', cause: 'm35-agent-down', proof: 'The relay has no agent for this endpoint: RELAY_NO_AGENT.' }, occurrence);
    // A 401 may be the first step of a sign-in.
    if (code.length > 1 && status !== 401) sink.code(code, occurrence);
    const query = field(parts, 'cs-uri-query');
    if (query.length > 10 && /diagnostics|error|exception/i.test(query)) sink.recognize({ ...occurrence, text: query.replaceAll('+', ' ') });
  };
  return {
    line(text, number) {
      if (text.startsWith('#')) {
        if (text.startsWith('#Fields: ')) {
          if (passedOver !== undefined) span(passedOver);
          passedOver = undefined;
          learn(text.slice(9));
        }
        const [, party] = /^#Software: Hybridge ([\w-]+)/.exec(text) ?? [];
        if (party !== undefined) sink.side = sideOfParty(party);
        if (text.startsWith('#Date: ')) day = text.slice(7, 17);
        return;
      }
      if (text === '') return;
      if (at.date === undefined && at.time === undefined && isDefaultLogLine(text)) {
        learn(defaultFields);
        sink.note('It has no line #Fields: its lines were read with the fields that IIS writes by default.');
      }
      // Nearly all lines of a real log are answered requests of clients, and the first ones of their sign-ins.
      if (passedOver !== undefined && isOrdinary(text, statusFromEnd) && !sink.hasRefusedClients() && !ofInterest.test(text)) {
        passedOver = text;
        return;
      }
      passedOver = text;
      read(text, number);
    },
    end() {
      if (passedOver !== undefined) span(passedOver);
      if (broken > 0) sink.note(`${broken} line${broken === 1 ? ' is' : 's are'} not whole and ${broken === 1 ? 'was' : 'were'} passed over.`);
    },
  };
}
function secondsOf(time: string): number {
  const digit = (index: number): number => time.charCodeAt(index) - 48;
  return ((digit(0) * 10 + digit(1)) * 3600 + (digit(3) * 10 + digit(4)) * 60 + digit(6) * 10 + digit(7)) * 1000;
}

const ofInterest = /CrossForest|TestOrganization|mrsproxy/i;
const blank = ' ';

/** Whether the status, told by its place from the end, is 2xx or 401. A line with other blanks than IIS writes says no. */
function isOrdinary(text: string, statusFromEnd: number): boolean {
  if (statusFromEnd === 0) return false;
  let end = text.length;
  for (let field = 1; field < statusFromEnd; field++) end = text.lastIndexOf(blank, end - 1);
  if (text.charCodeAt(end - 4) !== 32) return false;
  const first = text.charCodeAt(end - 3);
  return first === 50 || (first === 52 && text.charCodeAt(end - 2) === 48 && text.charCodeAt(end - 1) === 49);
}
