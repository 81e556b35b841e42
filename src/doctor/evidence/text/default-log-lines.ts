/** The fields that IIS writes unless it is told otherwise, in their order. */
export const defaultFields = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';

/** A line with these fields, also where a mail has wrapped it at a blank. */
const line = String.raw`(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d)\s+[\da-fA-F.:%]{2,60}\s+[A-Z_]{3,20}\s+(\/\S{0,2048})\s+\S{1,8192}\s+\d{1,5}\s+\S{1,256}\s+[\da-fA-F.:%]{2,60}\s+(\S{1,1024})\s+\S{1,4096}\s+(\d{3})\s+(\d{1,3})\s+\d{1,10}\s+\d{1,10}\b`;
const wholeLine = new RegExp(`^${line.replaceAll(String.raw`\s+`, ' ')}$`);
const anywhere = new RegExp(String.raw`(?<![\d-])${line}`, 'g');
/** In the logs of HttpProxy the status stands three columns after the user agent. */
const httpProxy = /\b(AS(?:Proxy|AutoDiscover)\/CrossForest[^,\s]{0,200}),[^,\s]{0,60},[^,\s]{0,100},(\d{3}),/g;

export interface LoggedRequest {
  /** Epoch milliseconds. */
  at?: number;
  path: string;
  userAgent: string;
  status: number;
  substatus: number;
  /** The line as it stands. */
  text: string;
}

/** Whether a line of a file without `#Fields:` is one that IIS wrote with its default fields: somebody cut it out. */
export function isDefaultLogLine(text: string): boolean {
  return wholeLine.test(text.trimEnd());
}

/** The requests in lines of an IIS or HttpProxy log that somebody pasted, without their heading. */
export function* requestsInLines(text: string): Generator<LoggedRequest> {
  for (const [whole, date, time, path = '', userAgent = '', status, substatus] of text.matchAll(anywhere)) yield { at: Date.parse(`${date}T${time}Z`), path, userAgent, status: Number(status), substatus: Number(substatus), text: whole };
  for (const [whole, userAgent = '', status] of text.matchAll(httpProxy)) yield { path: userAgent.includes('ASAutoDiscover') ? '/autodiscover' : '/EWS', userAgent, status: Number(status), substatus: 0, text: whole };
}
