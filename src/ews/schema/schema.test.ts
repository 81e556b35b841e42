import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLog, systemDial } from '../../foundation/index.ts';
import { openOrganization } from '../../organization/index.ts';
import { createTransport } from '../../transport/index.ts';
import { findAttribute, parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { ewsOperationNames } from '../server/ews-operation-names.ts';
import { createEwsService } from '../server/ews-service.ts';
import type { SoapAnswer } from '../server/ews-service.ts';
import { requestEnvelope } from '../server/ews-fixture.ts';
import { describedOperations } from './messages-schema.ts';
import { createRandomRequests, seededRandom } from './random-request-fixture.ts';
import type { ValuePools } from './random-request-fixture.ts';
import { serviceDocument } from './service-description.ts';
import { violationsOf } from './schema-fixture.ts';

/** A mailbox with some of everything, and a memory of the ids that answers named. */
async function openWorld(): Promise<{ send: (body: string) => Promise<SoapAnswer>; pools: ValuePools; failures: string[]; refill: () => Promise<void>; close: () => Promise<void> }> {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  const add = (name: string) => organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const [bert] = [await add('bert'), await add('anna')];
  const failures: string[] = [];
  const log = createLog('test', { level: 'error', destination: { write: (line) => void failures.push(line) } });
  const clock = { now: () => Date.UTC(2026, 10, 21, 12) };
  const mail = createTransport({ organization, side: 'OnPremises', serverName: 'ex1.contoso.test', dial: systemDial, clock, log });
  const service = createEwsService({
    lookUpFreeBusy: ({ mailboxes, freeBusyView }) => Promise.resolve(freeBusyView === undefined ? { suggestions: { ok: true, days: [] } } : { freeBusy: mailboxes.map(() => ({ ok: true, view: { viewType: 'MergedOnly', mergedFreeBusy: '0' } })) }),
    serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 4, version: 'V2017_07_11' },
    log,
    clock,
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mailSettings: organization.mailSettings, mayImpersonate: () => Promise.resolve(false), mail, clock, log },
  });
  const event = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nSUMMARY:s\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
  const pools: ValuePools = {
    item: [],
    folder: [],
    attachment: [],
    occurrence: [],
    changeKey: [],
    syncState: [],
    watermark: [],
    subscription: [],
    address: ['bert@contoso.test', 'anna@contoso.test', 'nobody@contoso.test', 'anna'],
    mime: ['From: a@b.test\r\nTo: bert@contoso.test\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nbody\r\n', event, '\u0000'].map((text) => Buffer.from(text).toString('base64')),
    data: [],
    zone: ['W. Europe Standard Time', 'UTC', 'No Such Time'],
  };
  const remember = (element: XmlElement): void => {
    const id = findAttribute(element, 'Id');
    if (id !== undefined && element.local === 'ItemId') pools[Buffer.from(id, 'base64').includes('occurrence') ? 'occurrence' : 'item'].push(id);
    if (id !== undefined && element.local === 'FolderId') pools.folder.push(id);
    if (id !== undefined && element.local === 'AttachmentId') pools.attachment.push(id);
    const changeKey = findAttribute(element, 'ChangeKey');
    if (changeKey !== undefined) pools.changeKey.push(changeKey);
    const kept = { SyncState: pools.syncState, Watermark: pools.watermark, SubscriptionId: pools.subscription, Data: pools.data }[element.local];
    if (kept !== undefined && element.text !== '') kept.push(element.text);
    for (const pool of Object.values(pools)) if (pool.length > 60) pool.splice(10, 20);
    for (const child of element.children) remember(child);
  };
  const send = async (body: string): Promise<SoapAnswer> => {
    const gone = new AbortController();
    const answer = await service.handle({ body: Buffer.from(requestEnvelope(body, '<t:RequestServerVersion Version="Exchange2016"/><t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>')), requester: { recipient: bert, origin: 'local' }, context: { requestId: 'request-0001', signal: gone.signal } });
    let { body: bytes } = answer;
    if (answer.stream !== undefined) for await (const piece of answer.stream) {
      bytes = piece;
      gone.abort();
    }
    if (answer.status === 200) for (const element of readSoapEnvelope(parseXml(bytes)).body) remember(element);
    return { ...answer, body: bytes };
  };
  const refill = async (): Promise<void> => {
    await send(`<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>f${pools.folder.length}${failures.length}${Math.trunc(performance.now() * 1000)}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`);
    await send('<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>m</t:Subject><t:Attachments><t:FileAttachment><t:Name>a</t:Name><t:Content>YQ==</t:Content></t:FileAttachment><t:ItemAttachment><t:Name>b</t:Name><t:Message><t:Subject>in</t:Subject></t:Message></t:ItemAttachment></t:Attachments><t:ToRecipients><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>');
    await send('<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>e</t:Subject><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-11-23</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence></t:CalendarItem></m:Items></m:CreateItem>');
    await send('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:CalendarView StartDate="2026-11-20T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>');
    await send('<m:Subscribe><m:StreamingSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>');
    await send('<m:Subscribe><m:PullSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes><t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>');
  };
  await refill();
  return {
    send,
    pools,
    failures,
    refill,
    async close() {
      service.close();
      await mail.close();
      await organization.close();
    },
  };
}

/** Requests of each operation. More of them, with another seed, are a matter of these two numbers. */
const rounds = 25;
const firstSeed = 1;
const allOperations = Object.keys(describedOperations);

test('the schema describes every operation that is served, and no other', () => {
  assert.deepEqual(allOperations.toSorted(), ewsOperationNames.toSorted());
});

/** What is sent is what the schema allows, so that the schema is never the reason of a refusal; every answer follows it too. */
test('a request that the served schema allows is understood, and its answer follows the schema', async (t) => {
  const world = await openWorld();
  t.after(() => world.close());
  const succeeded = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const operation of allOperations) {
      const seed = firstSeed * 1_000_000 + round * 100 + allOperations.indexOf(operation);
      const body = createRandomRequests(seededRandom(seed), world.pools)(operation);
      const told = `${operation}, seed ${seed}: ${body}`;
      const [request] = readSoapEnvelope(parseXml(Buffer.from(requestEnvelope(body)))).body;
      assert.deepEqual(request === undefined ? ['nothing'] : violationsOf(request), [], told);
      const began = performance.now();
      const answer = await world.send(body);
      assert.ok(performance.now() - began < 30_000, `it took too long: ${told}`);
      assert.deepEqual(world.failures, [], told);
      const [element] = readSoapEnvelope(parseXml(answer.body)).body;
      assert.ok(element !== undefined, told);
      if (element.local === 'Fault') {
        assert.equal(answer.status, 500, told);
        assert.ok(!['ErrorInternalServerError', 'ErrorSchemaValidation'].includes(answer.errorCode ?? ''), `${answer.body.toString()} ${told}`);
        continue;
      }
      assert.equal(answer.status, 200, told);
      assert.deepEqual(violationsOf(element), [], `${told}\n${answer.body.toString()}`);
      if (answer.body.includes('NoError')) succeeded.add(operation);
    }
    if (round % 5 === 4) await world.refill();
  }
  // A generator that only gets refusals would show nothing.
  assert.ok(succeeded.size >= allOperations.length * 0.7, [...succeeded].join(' '));
});

const xmllint = spawnSync('xmllint', ['--version']).status === 0 ? false : 'xmllint is not installed (apt-get install libxml2-utils)';

test('xmllint accepts the served schemas, and by them requests and answers of every operation', { skip: xmllint }, async (t) => {
  const world = await openWorld();
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-schema-'));
  t.after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.close();
  });
  for (const name of ['messages.xsd', 'types.xsd'] as const) writeFileSync(join(folder, name), serviceDocument(name, ''));
  const files: string[] = [];
  for (const operation of allOperations) {
    for (let turn = 0; turn < 8; turn++) {
      const body = createRandomRequests(seededRandom(turn * 100 + allOperations.indexOf(operation)), world.pools)(operation);
      const answer = (await world.send(body)).body.toString();
      const [answered] = /<(?:m:)?\w+Response[ >].*(?=<\/\w+:Body>)/s.exec(answer) ?? [];
      for (const [kind, text] of [['request', body], ['answer', answer.includes('Fault>') ? undefined : answered]] as const) {
        if (text === undefined) continue;
        const file = join(folder, `${operation}-${turn}-${kind}.xml`);
        writeFileSync(file, text);
        files.push(file);
      }
    }
  }
  const check = (list: readonly string[]) => spawnSync('xmllint', ['--nonet', '--noout', '--schema', join(folder, 'messages.xsd'), ...list], { encoding: 'utf8', timeout: 60_000 });
  const { status, stderr } = check(files);
  assert.equal(status, 0, stderr.split('\n').filter((line) => !line.endsWith(' validates')).slice(0, 20).join('\n'));
  assert.ok(files.length > allOperations.length * 10, String(files.length));
  const broken = join(folder, 'broken.xml');
  writeFileSync(broken, '<m:SendItem xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" SaveItemToFolder="maybe"/>');
  assert.notEqual(check([broken]).status, 0);
});
