import assert from 'node:assert/strict';
import { systemClock, createLog, systemDial } from '../../foundation/index.ts';
import type { Clock } from '../../foundation/index.ts';
import { openOrganization } from '../../organization/index.ts';
import type { Organization, Recipient } from '../../organization/index.ts';
import { findAttribute, findChild, parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../codec/namespaces.ts';
import { violationsOf } from '../schema/schema-fixture.ts';
import { createTransport } from '../../transport/index.ts';
import { createEwsService } from './ews-service.ts';
import type { EwsService, SoapAnswer } from './ews-service.ts';
import type { NotificationOptions } from './notifications/notifications.ts';

/** An organisation with people and its EWS service, for tests. */
export interface EwsFixture {
  organization: Organization;
  service: EwsService;
  people: Readonly<Record<'anna' | 'bert' | 'carl', Recipient>>;
  /** What the service logged as errors. */
  failures: readonly string[];
  /** Sends the body's XML as that person; `signal` is that of the connection. */
  post(body: string, options?: AskOptions): Promise<SoapAnswer>;
  ask(body: string, options?: AskOptions): Promise<EwsReading>;
  close(): Promise<void>;
}

export interface AskOptions {
  as?: 'anna' | 'bert' | 'carl';
  header?: string;
  signal?: AbortSignal;
}

/** An answer, read. */
export interface EwsReading {
  status: number;
  /** The answer's element in the body. */
  body: XmlElement;
  header: readonly XmlElement[];
  /** The response messages of an answer that has such. */
  messages: readonly XmlElement[];
  codes: readonly (string | undefined)[];
}

export interface EwsFixtureOptions {
  clock?: Clock;
  notifications?: Omit<NotificationOptions, 'clock'>;
  mayImpersonate?: (account: Recipient) => boolean;
}

const context = { requestId: 'request-0001', signal: new AbortController().signal };
const serverVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 4, version: 'V2017_07_11' };

/** Opens an organisation in memory. */
export async function openEwsFixture({ clock = systemClock, notifications, mayImpersonate = () => false }: EwsFixtureOptions = {}): Promise<EwsFixture> {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 }, clock });
  const create = (name: string): Promise<Recipient> =>
    organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: `${name} Example`, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const people = { anna: await create('anna'), bert: await create('bert'), carl: await create('carl') };
  const failures: string[] = [];
  const log = createLog('test', { level: 'error', destination: { write: (line) => void failures.push(line) } });
  const mail = createTransport({ organization, side: 'OnPremises', serverName: 'ex1.contoso.test', dial: systemDial, clock, log });
  const service = createEwsService({
    lookUpFreeBusy: () => Promise.reject(new Error('not asked for here')),
    serverVersion,
    log,
    clock,
    ...(notifications === undefined ? {} : { notifications }),
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mailSettings: organization.mailSettings, mayImpersonate: (account) => Promise.resolve(mayImpersonate(account)), mail, clock, log },
  });
  const post = (body: string, { as = 'bert', header, signal = context.signal }: AskOptions = {}): Promise<SoapAnswer> =>
    service.handle({ body: Buffer.from(requestEnvelope(body, header)), requester: { recipient: people[as], origin: 'local' }, context: { ...context, signal } });
  return {
    organization,
    service,
    people,
    failures,
    post,
    async ask(body, options) {
      const answer = await post(body, options);
      return { status: answer.status, ...readAnswer(await wholeAnswer(answer)) };
    },
    async close() {
      service.close();
      await mail.close();
      await organization.close();
    },
  };
}

/** The bytes of an answer that ends by itself. */
export async function wholeAnswer({ body, stream, headers }: SoapAnswer): Promise<Buffer> {
  const pieces = [body];
  for await (const piece of stream ?? []) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  assert.equal(headers['content-length'] ?? String(bytes.length), String(bytes.length));
  return bytes;
}

export function requestEnvelope(body: string, header = '<t:RequestServerVersion Version="Exchange2016"/>'): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${messagesNamespace}" xmlns:t="${typesNamespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Reads one envelope; an answer has to follow the schema that we serve. */
export function readAnswer(bytes: Uint8Array): Omit<EwsReading, 'status'> {
  const { header, body } = readSoapEnvelope(parseXml(bytes));
  const [element] = body;
  assert.ok(element !== undefined);
  if (element.local !== 'Fault') assert.deepEqual(violationsOf(element), []);
  const messages = findChild(element, messagesNamespace, 'ResponseMessages')?.children ?? [];
  return { body: element, header, messages, codes: messages.map((message) => findChild(message, messagesNamespace, 'ResponseCode')?.text) };
}

/** All elements of that name below an element, in document order. */
export function descendants(element: XmlElement, local: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.local === local ? [child] : []), ...descendants(child, local)]);
}

/** The text of the first such element below. */
export function textOf(element: XmlElement, local: string): string | undefined {
  return descendants(element, local)[0]?.text;
}

/** The `Id` of the first such element below. */
export function idOf(element: XmlElement, local = 'ItemId'): string {
  const [found] = descendants(element, local);
  return (found && findAttribute(found, 'Id')) ?? '';
}

/** Makes a message in Drafts, and gives its id. */
export async function createMessage(fixture: EwsFixture, subject: string, options?: AskOptions): Promise<string> {
  const answer = await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">text</t:Body></t:Message></m:Items></m:CreateItem>`, options);
  assert.deepEqual(answer.codes, ['NoError']);
  return idOf(answer.body);
}
