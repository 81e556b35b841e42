import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import { ewsOperationNames } from '../../../src/ews/server/ews-operation-names.ts';
import { filled, recurrence, samples } from '../../../src/ews/server/operation-samples-fixture.ts';
import type { LabAccount } from '../../../src/lab/index.ts';
import { basic, startLabFixture } from '../lab-fixture.ts';
import type { LabFixture } from '../lab-fixture.ts';

// Whole answers of a running organisation, faults among them, against the schemas that it serves.

const xmllint = spawnSync('xmllint', ['--version']).status === 0 ? false : 'xmllint is not installed (apt-get install libxml2-utils)';
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';
const types = 'http://schemas.microsoft.com/exchange/services/2006/types';

/** SOAP 1.1 around the served schemas: the header of every answer, and an answer or a fault, nothing taken on trust. */
const envelopeSchema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="${soap}" xmlns:t="${types}" targetNamespace="${soap}" elementFormDefault="qualified">
  <xs:import namespace="${messages}" schemaLocation="messages.xsd"/><xs:import namespace="${types}" schemaLocation="types.xsd"/>
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:element name="Header"><xs:complexType><xs:sequence><xs:element ref="t:ServerVersionInfo"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="Body"><xs:complexType><xs:choice><xs:any namespace="${messages}" processContents="strict"/><xs:element name="Fault" type="s:Fault"/></xs:choice></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Fault"><xs:sequence>
    <xs:element name="faultcode" type="xs:QName" form="unqualified"/><xs:element name="faultstring" form="unqualified"><xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:anyAttribute namespace="http://www.w3.org/XML/1998/namespace" processContents="lax"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="detail" form="unqualified"><xs:complexType><xs:sequence><xs:any namespace="##any" processContents="lax" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
</xs:schema>`;

let fixture: LabFixture;
let me: LabAccount;
let other: LabAccount;
let folder: string;
before(async () => {
  fixture = await startLabFixture();
  const [first, second] = fixture.info.accounts.filter(({ side, kind }) => side === 'on-premises' && kind === 'user');
  assert.ok(first !== undefined && second !== undefined);
  [me, other] = [first, second];
  folder = mkdtempSync(join(tmpdir(), 'hybridge-answers-'));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await fixture.close();
});

const version = '<t:RequestServerVersion Version="Exchange2016"/>';
const zone = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>';
const envelope = (body: string, header = version + zone): string => `<s:Envelope xmlns:s="${soap}" xmlns:m="${messages}" xmlns:t="${types}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** The first envelopes of an answer: of a stream that stays open as many as `count`. */
async function send(text: string, count = 1, as = me): Promise<{ status: number; envelopes: string[] }> {
  const gone = new AbortController();
  const { statusCode, body } = await request(fixture.info.parties.onPremises.urls['ews'] ?? '', { dispatcher: fixture.httpClient, method: 'POST', signal: gone.signal, headers: { 'content-type': 'text/xml; charset=utf-8', authorization: basic(as) }, body: text });
  let answer = '';
  const whole = (): string[] => answer.match(/<(?:\w+:)?Envelope .*?<\/(?:\w+:)?Envelope>/gs) ?? [];
  for await (const chunk of body.setEncoding('utf8')) {
    answer += String(chunk);
    if (whole().length >= count) break;
  }
  gone.abort();
  return { status: statusCode, envelopes: whole() };
}

async function served(name: string): Promise<string> {
  const response = await request(new URL(`/EWS/${name}`, fixture.info.parties.onPremises.urls['ews']), { dispatcher: fixture.httpClient, headers: { authorization: basic(me) } });
  assert.equal(response.statusCode, 200, name);
  return response.body.text();
}

const found = (text: string | undefined, element: string, attribute = 'Id'): string => new RegExp(`<[a-z]:${element} [^>]*\\b${attribute}="([^"]*)"`).exec(text ?? '')?.[1] ?? '';

/** A folder, a message with a file and an item attached, and a series with an exception, new for each request. */
async function makeThings(): Promise<Readonly<Record<string, string>>> {
  const one = async (body: string): Promise<string> => (await send(envelope(body))).envelopes[0] ?? '';
  const made = await one(`<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>live ${process.hrtime.bigint()}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`);
  const message = await one(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>live</t:Subject><t:Attachments><t:FileAttachment><t:Name>a</t:Name><t:Content>YQ==</t:Content></t:FileAttachment><t:ItemAttachment><t:Name>b</t:Name><t:Message><t:Subject>in</t:Subject></t:Message></t:ItemAttachment></t:Attachments><t:ToRecipients><t:Mailbox><t:EmailAddress>${other.address}</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`);
  const event = await one(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>series</t:Subject><t:Start>2026-10-20T09:00:00Z</t:Start><t:End>2026-10-20T10:00:00Z</t:End>${recurrence}</t:CalendarItem></m:Items></m:CreateItem>`);
  return { ITEM: found(message, 'ItemId'), FILE: found(message, 'AttachmentId'), EVENT: found(event, 'ItemId'), FOLDER: found(made, 'FolderId') };
}

const elsewhere: Readonly<Record<string, string>> = {
  GetUserAvailability: '<m:GetUserAvailabilityRequest><t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone><m:MailboxDataArray>PEOPLE</m:MailboxDataArray><t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-10-20T00:00:00</t:StartTime><t:EndTime>2026-10-24T00:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>DetailedMerged</t:RequestedView></t:FreeBusyViewOptions><t:SuggestionsViewOptions><t:MeetingDurationInMinutes>60</t:MeetingDurationInMinutes><t:DetailedSuggestionsWindow><t:StartTime>2026-10-20T00:00:00</t:StartTime><t:EndTime>2026-10-24T00:00:00</t:EndTime></t:DetailedSuggestionsWindow></t:SuggestionsViewOptions></m:GetUserAvailabilityRequest>',
  GetServerTimeZones: '<m:GetServerTimeZones ReturnFullTimeZoneData="true"/>',
};

/** A request as it should be, and with one thing wrong after the other. */
function variantsOf(sample: string, ids: Readonly<Record<string, string>>): { text: string; isFault: boolean | undefined }[] {
  const body = filled(sample, ids).replaceAll('bert@contoso.test', me.address).replaceAll('anna@contoso.test', other.address);
  const withIds = (id: (name: string) => string): string => filled(sample, Object.fromEntries(Object.keys(ids).map((name) => [name, id(name)])));
  const gone = (id: string): string => {
    const bytes = Buffer.from(ids[id] ?? '', 'base64');
    return Buffer.from(bytes.with(3, (bytes[3] ?? 0) ^ 1)).toString('base64');
  };
  const name = /^<m:(\w+)/.exec(body)?.[1] ?? '';
  return [
    { text: envelope(body), isFault: false },
    { text: envelope(body, zone), isFault: undefined },
    { text: envelope(withIds(() => 'AAAA')), isFault: undefined },
    { text: envelope(withIds(gone)), isFault: undefined },
    { text: envelope(body.replaceAll('DistinguishedFolderId Id="', 'DistinguishedFolderId Id="no')), isFault: undefined },
    { text: envelope(body, '<t:RequestServerVersion Version="Exchange2099"/>'), isFault: true },
    { text: envelope(body, `${version}<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${other.address}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`), isFault: true },
    { text: envelope(`<m:${name} Unheard="of"><t:Nothing/></m:${name}>`), isFault: name === 'GetServerTimeZones' || name === 'GetRoomLists' ? undefined : true },
    { text: envelope(`<m:${name}/>`), isFault: undefined },
    { text: envelope(`${body}${body}`), isFault: true },
  ];
}

test('every answer of a running organisation follows the schemas that it serves, as a whole', { skip: xmllint, timeout: 300_000 }, async () => {
  for (const name of ['messages.xsd', 'types.xsd']) writeFileSync(join(folder, name), await served(name));
  writeFileSync(join(folder, 'envelope.xsd'), envelopeSchema);
  const files: string[] = [];
  const keep = (name: string, text: string): void => {
    const file = join(folder, `${files.length}-${name}.xml`);
    writeFileSync(file, text);
    files.push(file);
  };
  const people = [me.address, other.address, 'nobody@elsewhere.test'].map((address) => `<t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>`).join('');
  const all = { ...samples, ...elsewhere };
  const asked = new Set<string>();
  for (const [name, sample] of Object.entries(all)) {
    const ids = await makeThings();
    for (const [index, { text, isFault }] of variantsOf(sample.replace('PEOPLE', people), ids).entries()) {
      const { status, envelopes } = await send(text);
      assert.equal(envelopes.length, 1, `${name} ${index}: ${status}`);
      const answer = envelopes[0] ?? '';
      if (isFault !== undefined) assert.equal(status, isFault ? 500 : 200, `${name} ${index}: ${answer}`);
      assert.equal(answer.includes(':Fault>'), status === 500, `${name} ${index}`);
      if (index === 0) asked.add(/<(?:\w+:)?(\w+)Response /.exec(answer)?.[1] ?? '');
      keep(`${name}-${index}`, answer);
    }
  }
  assert.deepEqual(ewsOperationNames.filter((name) => !asked.has(name)), []);

  const subscribed = await send(envelope(samples['SubscribeToStreaming'] ?? ''));
  const id = /<[a-z]:SubscriptionId>([^<]*)/.exec(subscribed.envelopes[0] ?? '')?.[1] ?? '';
  const stream = send(envelope(`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${id}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`), 2);
  const subscription = await send(envelope((samples['Subscribe'] ?? '').replace('<t:DistinguishedFolderId Id="inbox"/>', '<t:DistinguishedFolderId Id="inbox"/><t:DistinguishedFolderId Id="sentitems"/>')));
  const mail = `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>news</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>${me.address}</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`;
  assert.equal((await send(envelope(mail))).status, 200);
  const [, event] = (await stream).envelopes;
  assert.match(event ?? '', /NewMailEvent/);
  keep('stream', event ?? '');
  const [, pull = '', watermark = ''] = /SubscriptionId>([^<]*)<.*?Watermark>([^<]*)</s.exec(subscription.envelopes[0] ?? '') ?? [];
  const events = await send(envelope(`<m:GetEvents><m:SubscriptionId>${pull}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`));
  assert.match(events.envelopes[0] ?? '', /NewMailEvent.*CreatedEvent|CreatedEvent.*NewMailEvent/s);
  keep('pulled', events.envelopes[0] ?? '');

  const check = (list: readonly string[]) => spawnSync('xmllint', ['--nonet', '--noout', '--schema', join(folder, 'envelope.xsd'), ...list], { encoding: 'utf8', timeout: 120_000, maxBuffer: 1e8 });
  const { status, stderr } = check(files);
  assert.equal(status, 0, stderr.split('\n').filter((line) => !line.endsWith(' validates')).slice(0, 40).join('\n'));
  assert.ok(files.length > ewsOperationNames.length * 10, String(files.length));
  keep('broken', `<s:Envelope xmlns:s="${soap}"><s:Header/><s:Body><m:SendItemResponse xmlns:m="${messages}"/></s:Body></s:Envelope>`);
  assert.notEqual(check(files.slice(-1)).status, 0);
});
