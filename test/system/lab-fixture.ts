import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, systemDial } from '../../src/foundation/index.ts';
import { createLabClient, findAccount, startLab } from '../../src/lab/index.ts';
import type { LabAccount, LabClient, LabInfo, RunningLab, StartLabOptions } from '../../src/lab/index.ts';

export interface LabFixture {
  directory: string;
  lab: RunningLab;
  info: LabInfo;
  client: LabClient;
  /** Speaks to the URLs that outside clients use. */
  httpClient: Dispatcher;
  account(name: string): LabAccount;
  close(): Promise<void>;
}

/** A folder that no other test uses; the caller removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hybridge-lab-'));
}

/** A lab of its own in a temporary folder. */
export async function startLabFixture(options: Pick<StartLabOptions, 'freeBusy' | 'onEvent' | 'setUp' | 'lookUpTimeouts' | 'hybridApplication' | 'ntlm'> = {}): Promise<LabFixture> {
  const directory = temporaryFolder();
  const lab = await startLab({ ...options, stateDirectory: directory, processId: process.pid });
  const client = createLabClient(lab.info);
  const httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(lab.info.caFile, 'utf8') });
  return {
    directory,
    lab,
    info: lab.info,
    client,
    httpClient,
    account: (name) => findAccount(lab.info, name),
    async close() {
      await client.close();
      await httpClient.close();
      await lab.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export interface SoapResult {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Posts bytes to a party as an outside client would. */
export async function post(fixture: LabFixture, url: string, body: string | Buffer, headers: Record<string, string>): Promise<SoapResult> {
  const response = await request(url, { dispatcher: fixture.httpClient, method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', ...headers }, body });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}

export function basic(account: LabAccount): string {
  return `Basic ${Buffer.from(`${account.userName ?? ''}:${account.password ?? ''}`).toString('base64')}`;
}

/** A GetUserAvailability request with the time zone in the body, as EWS Managed API clients write it. */
export function availabilityRequest(addresses: readonly string[], window: { start: string; end: string }, options: { timeZone?: string; timeZoneContext?: string; prologue?: string } = {}): string {
  const zone = options.timeZone ?? '<t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>';
  const mailboxes = addresses.map((address) => `<t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData>`).join('');
  const context = options.timeZoneContext === undefined ? '' : `<t:TimeZoneContext><t:TimeZoneDefinition Id="${options.timeZoneContext}"/></t:TimeZoneContext>`;
  return `<?xml version="1.0" encoding="utf-8"?>${options.prologue ?? ''}
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
  <soap:Header><t:RequestServerVersion Version="Exchange2013"/>${context}</soap:Header>
  <soap:Body><m:GetUserAvailabilityRequest>${zone}<m:MailboxDataArray>${mailboxes}</m:MailboxDataArray>
    <t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>${window.start}</t:StartTime><t:EndTime>${window.end}</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>DetailedMerged</t:RequestedView></t:FreeBusyViewOptions>
  </m:GetUserAvailabilityRequest></soap:Body></soap:Envelope>`;
}

/** The text of every log file of a party. */
export function logsOf(info: LabInfo, party: keyof LabInfo['parties']): string {
  const folder = info.parties[party].logs;
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** Resolves as soon as `condition` holds; asks again after each turn of a timer, and fails after ten seconds. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`This did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
