import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createLog, systemClock, systemDial } from '../../../foundation/index.ts';
import { openOrganization } from '../../../organization/index.ts';
import type { Organization, Recipient } from '../../../organization/index.ts';
import { createTransport } from '../../../transport/index.ts';
import { findAttribute, findChild, parseXml, readSoapEnvelope } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import { violationsOf } from '../../schema/schema-fixture.ts';
import { wholeAnswer } from '../ews-fixture.ts';
import { createEwsService } from '../ews-service.ts';

/** A mailbox with the operations before it, for tests. */
export interface TestService {
  organization: Organization;
  bert: Recipient;
  anna: Recipient;
  /** Sends a request and gives the answer's response messages, after checking that the first succeeded and that the answer follows the schema. */
  ask(body: string, who?: Recipient): Promise<readonly XmlElement[]>;
  /** The same, without the check. */
  attempt(body: string, who?: Recipient): Promise<readonly XmlElement[]>;
}

/** The operations on mailboxes before an organisation in memory, with two people. Closed when the test ends. */
export async function openTestService(t: TestContext): Promise<TestService> {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  const add = (name: string) => organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const [bert, anna] = [await add('bert'), await add('anna')];
  const failures: string[] = [];
  const log = createLog('test', { level: 'error', destination: { write: (line) => void failures.push(line) } });
  const mail = createTransport({ organization, side: 'OnPremises', serverName: 'ex1.contoso.test', dial: systemDial, clock: systemClock, log });
  t.after(async () => {
    await mail.close();
    await organization.close();
  });
  const service = createEwsService({
    lookUpFreeBusy: () => Promise.reject(new Error('not asked for here')),
    serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 4, version: 'V2017_07_11' },
    log,
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mailSettings: organization.mailSettings, mayImpersonate: () => Promise.resolve(false), mail, clock: systemClock, log },
  });
  const attempt: TestService['attempt'] = async (body, who = bert) => {
    const request = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${messagesNamespace}" xmlns:t="${typesNamespace}"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
    const answer = await service.handle({ body: Buffer.from(request), requester: { recipient: who, origin: 'local' }, context: { requestId: 'request-0001', signal: new AbortController().signal } });
    assert.deepEqual(failures, []);
    const [element] = readSoapEnvelope(parseXml(await wholeAnswer(answer), { maximumBytes: 50_000_000 })).body;
    if (element !== undefined && element.local !== 'Fault') assert.deepEqual(violationsOf(element), []);
    return element?.children[0]?.children ?? [];
  };
  return {
    organization,
    bert,
    anna,
    attempt,
    async ask(body, who) {
      const messages = await attempt(body, who);
      assert.equal(codeOf(messages[0]), 'NoError', messages[0] === undefined ? body : (findChild(messages[0], messagesNamespace, 'MessageText')?.text ?? body));
      return messages;
    },
  };
}

export function codeOf(message: XmlElement | undefined): string | undefined {
  return message === undefined ? undefined : findChild(message, messagesNamespace, 'ResponseCode')?.text;
}

/** Every element of that name below some others. */
export function below(elements: readonly XmlElement[], local: string): XmlElement[] {
  return elements.flatMap(({ children }) => [...children.filter((child) => child.local === local), ...below(children, local)]);
}

/** The id in the first ItemId of an answer. */
export function itemIdOf(messages: readonly XmlElement[]): string {
  const [id] = below(messages, 'ItemId');
  assert.ok(id !== undefined);
  return findAttribute(id, 'Id') ?? '';
}
