import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { request } from 'undici';
import type { AccessLogEntry } from '../foundation/index.ts';
import { createHttpClient, createLog, systemClock, systemDial } from '../foundation/index.ts';
import { certificateBase64, createCertificateAuthority, createSelfSignedCertificate, exchangeApplicationId, issueServerCertificate } from '../identity/index.ts';
import type { CertificateAuthority, CertificateWithKey } from '../identity/index.ts';
import { openOrganization } from '../organization/index.ts';
import type { NewRecipient, Organization, Recipient } from '../organization/index.ts';
import type { PremisesOptions, RunningPremises } from './start-premises.ts';
import { startPremises } from './start-premises.ts';

// For this room's tests: an organisation in memory behind real listeners, and token services' keys to sign with.

export const host = 'mail.contoso.test';
export const tenantId = '11111111-2222-3333-4444-555555555555';
export const password = 'Pa$$w0rd: of Bert';
export const ewsPath = '/EWS/Exchange.asmx';
export const autodiscoverPath = '/autodiscover/autodiscover.svc';
export const acsIssuer = '00000001-0000-0000-c000-000000000000';
export const userIssuer = `https://sts.windows.net/${tenantId}/`;
export const authorizationUri = 'https://login.cloud.test/common/oauth2/authorize';

export const basicOf = (userName: string, secret = password): string => `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`;

/** GetUserAvailability for one mailbox and one day. */
export const availabilityRequest = (address: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body><m:GetUserAvailabilityRequest><t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>03:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>-60</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone><m:MailboxDataArray><t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData></m:MailboxDataArray><t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-07-01T00:00:00</t:StartTime><t:EndTime>2026-07-02T00:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusy</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest></s:Body></s:Envelope>`;

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** `WWW-Authenticate`, a line each, in order. */
  challenges: string[];
  body: string;
}

export interface Question {
  authorization?: string;
  body?: string | Buffer;
  path?: string;
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  /** Default `mail.contoso.test`; names lead to the same listener. */
  host?: string;
}

export interface TestPremises {
  organization: Organization;
  running: RunningPremises;
  authority: CertificateAuthority;
  /** Signs for the ACS, and for the token service of users. */
  keys: { acs: CertificateWithKey; users: CertificateWithKey };
  /** Where further names lead: a loopback port each. */
  names: Map<string, number>;
  /** All that was logged, a line each, levels included. */
  logged: string[];
  /** The access log. */
  entries: AccessLogEntry[];
  /** Moves the premises' clock. */
  time: { offset: number };
  ask(question?: Question): Promise<Answer>;
  /** Asks the operators' side. */
  askAdmin(path: string, question?: Question): Promise<Answer>;
  /** A connection on which a test writes what it likes. */
  connect(): Promise<TLSSocket>;
  /** Resolves with the next line of the access log that is about this status. */
  entry(status: number): Promise<AccessLogEntry>;
  add(name: string, more?: Partial<NewRecipient>): Promise<Recipient>;
  close(): Promise<void>;
}

const passwordCost = { cost: 1024, blockSize: 8, parallelization: 1 };
let keyPairs: Promise<TestPremises['keys']> | undefined;

function makeKeys(): Promise<TestPremises['keys']> {
  keyPairs ??= Promise.all(['acs', 'users'].map((commonName) => createSelfSignedCertificate({ commonName, days: 30, clock: systemClock }))).then(([acs, users]) => {
    assert.ok(acs && users);
    return { acs, users };
  });
  return keyPairs;
}

export async function startTestPremises(changes: Partial<PremisesOptions> = {}): Promise<TestPremises> {
  const time = { offset: 0 };
  const clock = { now: () => Date.now() + time.offset };
  const organization = await openOrganization({ file: ':memory:', clock, passwordCost });
  const keys = await makeKeys();
  await configure(organization, keys);
  const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
  const { certificate: cert, privateKey: key } = await issueServerCertificate(authority, { hosts: [host, 'other.contoso.test', '127.0.0.1'], days: 2, clock: systemClock });
  const names = new Map<string, number>();
  const dial: PremisesOptions['dial'] = (name, _port, signal) => systemDial('127.0.0.1', names.get(name) ?? 1, signal);
  const logged: string[] = [];
  const entries: AccessLogEntry[] = [];
  const waiting: { status: number; resolve: (entry: AccessLogEntry) => void }[] = [];
  const running = await startPremises({
    organization,
    side: 'OnPremises',
    tenantId,
    public: { cert, key },
    admin: { cert, key },
    dial,
    ca: authority.certificate,
    clock,
    log: createLog('premises', { level: 'trace', destination: { write: (line) => void logged.push(line) } }),
    accessLog: {
      write(entry) {
        entries.push(entry);
        for (const one of waiting.filter(({ status }) => status === entry.status)) {
          waiting.splice(waiting.indexOf(one), 1);
          one.resolve(entry);
        }
      },
      close: () => Promise.resolve(),
    },
    ...changes,
  });
  const clientOf = (port: number) => createHttpClient({ dial: (_name, _port, signal) => systemDial('127.0.0.1', port, signal), ca: authority.certificate });
  const publicClient = clientOf(running.ports.public);
  const adminClient = clientOf(running.ports.admin);
  const send = async (httpClient: typeof publicClient, path: string, question: Question): Promise<Answer> => {
    const response = await request(`https://${question.host ?? host}${path}`, {
      dispatcher: httpClient,
      method: question.method ?? 'POST',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        ...(question.authorization === undefined ? {} : { authorization: question.authorization }),
        ...question.headers,
      },
      ...(question.method === 'GET' || question.method === 'HEAD' ? {} : { body: question.body ?? availabilityRequest('bert@contoso.test') }),
    });
    return { status: response.statusCode, headers: response.headers, challenges: [response.headers['www-authenticate'] ?? []].flat(), body: await response.body.text() };
  };
  return {
    organization,
    running,
    authority,
    keys,
    names,
    logged,
    entries,
    time,
    ask: (question = {}) => send(publicClient, question.path ?? ewsPath, question),
    askAdmin: (path, question = {}) => send(adminClient, path, { ...question, host: '127.0.0.1' }),
    async connect() {
      const socket = connect({ port: running.ports.public, host: '127.0.0.1', servername: host, ca: authority.certificate });
      await once(socket, 'secureConnect');
      return socket;
    },
    entry: (status) => new Promise((resolve) => waiting.push({ status, resolve })),
    async add(name, more = {}) {
      const address = `${name}@contoso.test`;
      const recipient = await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: address, primarySmtpAddress: address, ...more });
      if (recipient.recipientTypeDetails === 'UserMailbox') await organization.directory.setPassword(recipient.guid, password);
      return recipient;
    },
    async close() {
      await running.close(0);
      await Promise.all([publicClient.destroy(), adminClient.destroy()]);
      await organization.close();
    },
  };
}

async function configure({ configuration }: Organization, keys: TestPremises['keys']): Promise<void> {
  await configuration.create('ExchangeServer', 'EX1', { Fqdn: host });
  await configuration.create('WebServicesVirtualDirectory', 'EX1\\EWS (Default Web Site)', { Server: 'EX1', ExternalUrl: `https://${host}${ewsPath}`, BasicAuthentication: true });
  await configuration.create('AutodiscoverVirtualDirectory', 'EX1\\Autodiscover (Default Web Site)', { Server: 'EX1' });
  await configuration.create('AuthServer', 'ACS', {
    Type: 'MicrosoftACS',
    IssuerIdentifier: acsIssuer,
    Realm: tenantId,
    TokenIssuingEndpoint: `https://login.cloud.test/${tenantId}/tokens/OAuth/2`,
    CertificateStrings: [certificateBase64(keys.acs.certificate)],
  });
  await configuration.create('AuthServer', 'EvoSts', {
    Type: 'AzureAD',
    IssuerIdentifier: userIssuer,
    Realm: tenantId,
    AuthorizationEndpoint: authorizationUri,
    IsDefaultAuthorizationEndpoint: true,
    CertificateStrings: [certificateBase64(keys.users.certificate)],
  });
  await configuration.create('PartnerApplication', 'Exchange Online', {
    ApplicationIdentifier: exchangeApplicationId,
    LinkedAccount: 'contoso.test/Users/Exchange Online-ApplicationAccount',
  });
  await configuration.create('ManagementRoleAssignment', 'UserApplication-Exchange Online-ApplicationAccount', {
    Role: 'UserApplication',
    RoleAssignee: 'Exchange Online-ApplicationAccount',
    RoleAssigneeName: 'Exchange Online-ApplicationAccount',
  });
}
