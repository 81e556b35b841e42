import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdirSync } from 'node:fs';
import yazl from 'yazl';
import { examineEvidence } from '../../../src/doctor/index.ts';
import type { EvidenceReport, ExamineOptions } from '../../../src/doctor/index.ts';

// Evidence written by hand in the published formats; nothing here comes from the catalogue's signatures.

export type Sample = Readonly<Record<string, string | Buffer>>;

export const now = Date.parse('2026-11-21T12:00:00Z');

/** Writes files, examines them together, and removes them. */
export async function examine(sample: Sample, options: Pick<ExamineOptions, 'localClock'> = {}): Promise<EvidenceReport> {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-evidence-'));
  try {
    writeSample(folder, sample);
    return await examineEvidence({ paths: [folder], now, ...options });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeSample(folder: string, sample: Sample): void {
  for (const [name, content] of Object.entries(sample)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Names with `..` are put in afterwards: the library refuses to write them. */
export async function zip(entries: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, content] of Object.entries(entries)) file.addBuffer(Buffer.from(content), name.replaceAll('..', tricks));
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  for (let at = bytes.indexOf(tricks); at !== -1; at = bytes.indexOf(tricks, at)) bytes.write('..', at);
  return bytes;
}

const tricks = '§'; // two bytes in UTF-8

const iisFields = '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-11-21 09:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n';

/** `09:00:01 401 /EWS/Exchange.asmx ASProxy/…` of a day, as IIS writes it. */
export function iisLog(lines: readonly string[]): string {
  return `${iisFields}${lines
    .map((line) => {
      const [time = '', status = '', path = '', agent = '-'] = line.split(' ');
      const [code = '', substatus = '0'] = status.split('.');
      return `2026-11-21 ${time} 10.1.0.5 POST ${path} - 443 - 52.96.1.1 ${agent} - ${code} ${substatus} 0 31\r\n`;
    })
    .join('')}`;
}

export const lookups = 'ASProxy/CrossForest/EmailDomain//15.20.8158.012';

export function har(entries: readonly { url: string; at?: string; method?: string; request?: Record<string, string>; status: number; response?: Record<string, string>; body?: string; posted?: string }[]): string {
  const headers = (given: Record<string, string> = {}): object[] => Object.entries(given).map(([name, value]) => ({ name, value }));
  return JSON.stringify(
    {
      log: {
        version: '1.2',
        creator: { name: 'Browser', version: '1' },
        entries: entries.map(({ url, at = '2026-11-21T09:00:00.000Z', method = 'POST', request, status, response, body = '', posted }) => ({
          startedDateTime: at,
          time: 12,
          request: { method, url, httpVersion: 'HTTP/1.1', headers: headers(request), queryString: [], cookies: [], ...(posted === undefined ? {} : { postData: { mimeType: 'text/xml', text: posted } }) },
          response: { status, statusText: '', headers: headers(response), content: { size: body.length, mimeType: response?.['content-type'] ?? 'text/xml', text: body } },
          cache: {},
          timings: {},
        })),
      },
    },
    undefined,
    2,
  );
}

export function jwt(claims: object, header: object = { alg: 'RS256', x5t: 'AbCdEf' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}

export const utf16 = (text: string, mark = true): Buffer => Buffer.concat([mark ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(text, 'utf16le')]);

export const ids = ({ findings }: EvidenceReport): string[] => findings.map(({ failure, cause, isProven }) => (isProven ? cause.id : failure.id));
