import type { AccessLogEntry } from './access-log.ts';

/** One request in both forms, each with its line end. */
export interface AccessLogLines {
  json: string;
  w3c: string;
  /** UTC, `YYYY-MM-DD`. */
  day: string;
  /** UTC, `HH:MM:SS`. */
  time: string;
}

export const w3cFields =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs-host sc-status sc-bytes cs-bytes time-taken request-id error-code';

/**
 * Spells requests out for an access log. Built by hand, and what comes again (paths, hosts, agents) is not spelt again:
 * this runs once a request.
 */
export function createAccessLogLines(party: string): (entry: AccessLogEntry, now: number) => AccessLogLines {
  const quoted = remembering(quote);
  const plain = remembering(w3cValue);
  const inJson = (name: string, value: string | undefined): string => (value === undefined ? '' : `,"${name}":${quoted(value)}`);
  let second = NaN;
  let day = '';
  let time = '';
  return (entry, now) => {
    const thisSecond = Math.floor(now / 1000);
    if (thisSecond !== second) {
      second = thisSecond;
      const stamp = new Date(thisSecond * 1000).toISOString();
      day = stamp.slice(0, 10);
      time = stamp.slice(11, 19);
    }
    const { requestId, method, path, query, host, clientAddress, serverAddress, serverPort, userName, userAgent, status, errorCode, bytesReceived, bytesSent, durationMs, extra } = entry;
    const milliseconds = String(Math.floor(now) - thisSecond * 1000).padStart(3, '0');
    let json =
      `{"time":"${day}T${time}.${milliseconds}Z","party":${quoted(party)},"requestId":${quote(requestId)},"method":${quoted(method)},"path":${quoted(path)}${query === undefined ? '' : `,"query":${quote(query)}`}` +
      `,"host":${quoted(host)},"clientAddress":${quoted(clientAddress)},"serverAddress":${quoted(serverAddress)},"serverPort":${serverPort}${inJson('userName', userName)}${inJson('userAgent', userAgent)}` +
      `,"status":${status}${inJson('errorCode', errorCode)},"bytesReceived":${bytesReceived},"bytesSent":${bytesSent},"durationMs":${durationMs}`;
    for (const name in extra) {
      const value = extra[name];
      if (value !== undefined) json += `,${quoted(name)}:${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`;
    }
    const w3c =
      `${day} ${time} ${plain(serverAddress)} ${plain(method)} ${plain(path)} ${query === undefined ? '-' : w3cValue(query)} ${serverPort} ${userName === undefined ? '-' : plain(userName)} ${plain(clientAddress)} ` +
      `${userAgent === undefined ? '-' : plain(userAgent)} ${plain(host)} ${status} ${bytesSent} ${bytesReceived} ${Math.round(durationMs)} ${w3cValue(requestId)} ${errorCode === undefined ? '-' : plain(errorCode)}\n`;
    return { json: `${json}}\n`, w3c, day, time };
  };
}

/** Strings remembered at a time, and how long they may be: what strangers send must not fill memory. */
const rememberedStrings = 1024;
const rememberedLength = 256;

function remembering(spell: (value: string) => string): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const spelt = spell(value);
    if (value.length > rememberedLength) return spelt;
    if (known.size >= rememberedStrings) known.clear();
    known.set(value, spelt);
    return spelt;
  };
}

/** Printable ASCII without quotation mark and backslash needs no care in JSON. */
const harmless = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quote(value: string): string {
  return harmless.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** Blanks become `+` as IIS writes them; control characters are dropped, so that no client can forge a line. */
function w3cValue(value: string): string {
  if (value === '') return '-';
  if (!unwritable.test(value)) return value;
  return value.replace(/[\u0000-\u001f\u007f]/g, '').replaceAll(' ', '+') || '-';
}

const unwritable = /[\u0000-\u0020\u007f]/;
