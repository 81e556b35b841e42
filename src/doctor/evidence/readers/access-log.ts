import type { FileSink } from '../evidence-collector.ts';
import type { LineReader } from './evidence-reader.ts';

/** `10.0.0.1 - anna [21/Nov/2026:09:00:01 +0100] "POST /EWS/Exchange.asmx HTTP/1.1" 401 0 "-" "ASProxy/CrossForest/…"`. */
const common = /^\S+ \S+ .{1,256}? \[(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\] "([A-Z]{3,20}) ([^\s"]+)(?:\s[^"]*)?" (\d{3}) \S+(?: "[^"]*" "([^"]*)")?/;
/** `10.0.0.1, anna, 11/21/2026, 9:00:01, W3SVC1, EX1, 10.1.0.5, 31, 300, 200, 401, 0, POST, /EWS/Exchange.asmx, -,` in local time. */
const iis = /^[\da-f.:]+, [^,]*, (\d{1,2})\/(\d{1,2})\/(\d{2,4}), (\d{1,2}):(\d\d):(\d\d), \w+, [^,]*, [^,]*, \d+, \d+, \d+, (\d{3}), \d+, ([A-Z]+), (\S+), /;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Whether a line is of one of these logs. */
export function isAccessLogLine(line: string): boolean {
  return common.test(line) || iis.test(line);
}

/**
 * Logs of requests that have no heading: NCSA's common and combined ones (nginx, Apache, IIS when told so), with an
 * offset, and IIS's own fixed one, in local time. W3C logs of IIS are always UTC, whenever they roll over.
 */
export function createAccessLogReader(sink: FileSink): LineReader {
  let broken = 0;
  return {
    line(text, number) {
      if (text.trim() === '' || text.startsWith('#')) return;
      const request = readCommon(text) ?? readIis(text);
      if (request === undefined) {
        broken++;
        return;
      }
      const { at, isLocal, method, path, status, userAgent } = request;
      sink.span(at, isLocal);
      const occurrence = { line: number, text, at, isLocal };
      sink.request({ ...(isLocal ? {} : { at }), path, userAgent, status }, occurrence);
      const isCrossForest = userAgent.includes('CrossForest') || /\/mrsproxy\.svc/i.test(path);
      if (isCrossForest || (status >= 500 && /^\/(?:ews|autodiscover|mapi|oab)\b/i.test(path))) sink.see({ ...occurrence, summary: `${status} ${method} ${path} · ${userAgent}` }, `${status} ${path} ${userAgent.slice(0, 40)}`);
    },
    end() {
      if (broken > 0) sink.note(`${broken} line${broken === 1 ? ' is' : 's are'} not whole and ${broken === 1 ? 'was' : 'were'} passed over.`);
    },
  };
}

interface Request {
  at: number;
  isLocal: boolean;
  method: string;
  path: string;
  status: number;
  userAgent: string;
}

function readCommon(text: string): Request | undefined {
  const found = common.exec(text);
  if (found === null) return undefined;
  const [, day, month = '', year, hour, minute, second, sign, offsetHours, offsetMinutes, method = '', target = '', status, userAgent = ''] = found;
  const local = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  return { at: local - offset * 60_000, isLocal: false, method, path: target.split('?', 1)[0] ?? '', status: Number(status), userAgent };
}

function readIis(text: string): Request | undefined {
  const found = iis.exec(text);
  if (found === null) return undefined;
  const [, month, day, year = '', hour, minute, second, status, method = '', path = ''] = found;
  return { at: Date.UTC(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)), isLocal: true, method, path, status: Number(status), userAgent: '' };
}
