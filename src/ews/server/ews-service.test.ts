import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createLog } from '../../foundation/index.ts';
import type { Recipient } from '../../organization/index.ts';
import { findAttribute, findChild, parseXml, readSoapEnvelope, readSoapFault, soapNamespaces } from '../../xml/index.ts';
import type { SoapEnvelope } from '../../xml/index.ts';
import type { AvailabilityRequest, AvailabilityResponse } from '../codec/availability-types.ts';
import { decodeEwsFault } from '../codec/ews-fault-codec.ts';
import { errorsNamespace, typesNamespace } from '../codec/namespaces.ts';
import { defaultNamespaceRequest, exchangelibRequest, managedApiRequest, namedZoneRequest } from '../codec/request-samples.ts';
import { readServerVersionInfo } from '../codec/server-version.ts';
import { createEwsService, readServerTiming } from '../index.ts';
import type { EwsServiceOptions, Requester, SoapAnswer } from '../index.ts';

const serverVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 41, version: 'V2017_07_11' };
const recipient: Recipient = { guid: '1', recipientTypeDetails: 'UserMailbox', displayName: 'Bert', alias: 'bert', primarySmtpAddress: 'bert@contoso.test', emailAddresses: ['bert@contoso.test'] };
const requester: Requester = { recipient, origin: 'local' };
const context = { requestId: 'request-0001', signal: new AbortController().signal };
const at = Date.parse('2026-07-01T07:00:00Z');

function answerFor(request: AvailabilityRequest): AvailabilityResponse {
  return {
    freeBusy: request.mailboxes.map(() => ({ ok: true, view: { viewType: 'FreeBusy', events: [{ start: at, end: at + 1_800_000, busyType: 'Busy' }] } })),
    paths: request.mailboxes.map(() => ({ source: 'Local', durationMs: 1.5 })),
  };
}

const service = (options: Partial<EwsServiceOptions> = {}) => createEwsService({ lookUpFreeBusy: (request) => Promise.resolve(answerFor(request)), serverVersion, ...options });
const post = (body: string | Uint8Array, options: Partial<EwsServiceOptions> = {}, who: Requester = requester, contentType = 'text/xml; charset=utf-8'): Promise<SoapAnswer> =>
  service(options).handle({ body: Buffer.from(body), contentType, requester: who, context });

function envelopeOf(answer: SoapAnswer): SoapEnvelope {
  const envelope = readSoapEnvelope(parseXml(answer.body));
  assert.deepEqual(readServerVersionInfo(envelope.header), serverVersion);
  return envelope;
}

for (const [client, text, start] of [
  ['exchangelib', exchangelibRequest, '2026-07-01T09:00:00'],
  ['EWS Managed API', managedApiRequest, '2026-07-01T00:00:00'],
  ['default namespaces', defaultNamespaceRequest, '2026-07-01T00:00:00'],
  ['a named zone', namedZoneRequest, '2026-07-01T09:00:00'],
] as const) {
  test(`a request of ${client} is answered in its zone`, async () => {
    const answer = await post(text);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'text/xml; charset=utf-8');
    assert.equal(envelopeOf(answer).body[0]?.local, 'GetUserAvailabilityResponse');
    assert.ok(answer.body.toString().includes(`<StartTime>${start}</StartTime>`), answer.body.toString());
  });
}

test('SOAP 1.2 is answered in SOAP 1.2, faults too', async () => {
  const request = exchangelibRequest.replace(soapNamespaces['1.1'], soapNamespaces['1.2']);
  const answer = await post(request, {}, requester, 'application/soap+xml; charset=utf-8');
  assert.equal(answer.headers['content-type'], 'application/soap+xml; charset=utf-8');
  assert.equal(envelopeOf(answer).version, '1.2');
  const fault = await post(request.replace('DetailedMerged', 'None'));
  assert.equal(fault.status, 500);
  assert.equal(readSoapFault(envelopeOf(fault))?.code, 'ErrorInvalidFreeBusyViewType');
});

test('UTF-16 is taken', async () => {
  const text = `\ufeff${exchangelibRequest.replace("encoding='utf-8'", "encoding='utf-16'")}`;
  assert.equal((await post(Buffer.from(text, 'utf16le'), {}, requester, 'text/xml; charset=utf-16')).status, 200);
});

test('how answers came about is told to our own people only', async () => {
  const own = await post(managedApiRequest);
  assert.deepEqual(readServerTiming(own.headers['server-timing']), [
    { address: 'anna@contoso.test', source: 'Local', durationMs: 1.5 },
    { address: 'bert@contoso.test', source: 'Local', durationMs: 1.5 },
  ]);
  const partner = await post(managedApiRequest, {}, { ...requester, origin: 'partner' });
  assert.equal(partner.headers['server-timing'], undefined);
});

const faults: [string, string | Uint8Array, number, string, string?][] = [
  ['a schema violation', exchangelibRequest.replace('t:Bias>-60</t:Bias', 't:Bias>x</t:Bias'), 500, 'ErrorSchemaValidation'],
  ['an unknown server version', exchangelibRequest.replace('Exchange2016', 'Exchange3000'), 500, 'ErrorInvalidServerVersion', 'The specified server version is invalid.'],
  ['an unknown operation', exchangelibRequest.replaceAll('GetUserAvailabilityRequest', 'GetFolder'), 500, 'ErrorInvalidRequest', 'The request is invalid.'],
  ['the operation in another namespace', exchangelibRequest.replaceAll('m:GetUserAvailabilityRequest', 't:GetUserAvailabilityRequest'), 500, 'ErrorInvalidRequest'],
  ['two operations', exchangelibRequest.replace('<m:GetUserAvailabilityRequest>', '<m:GetUserAvailabilityRequest/><m:GetUserAvailabilityRequest>'), 500, 'ErrorInvalidRequest'],
  ['an empty body', exchangelibRequest.replace(/<s:Body>.*<\/s:Body>/, '<s:Body/>'), 500, 'ErrorInvalidRequest'],
  ['impersonation', exchangelibRequest.replace('</s:Header>', '<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>'), 500, 'ErrorImpersonateUserDenied', 'The account does not have permission to impersonate the requested user.'],
  ['no envelope', '<a/>', 400, 'ErrorInvalidRequest'],
  ['no XML', 'GET / HTTP/1.1', 400, 'ErrorInvalidRequest'],
  ['nothing', '', 400, 'ErrorInvalidRequest'],
  ['a cut request', exchangelibRequest.slice(0, 700), 400, 'ErrorInvalidRequest'],
  ['a document type', exchangelibRequest.replace('<s:Envelope', '<!DOCTYPE s:Envelope [<!ENTITY x SYSTEM "file:///etc/passwd">]><s:Envelope'), 400, 'ErrorInvalidRequest'],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(exchangelibRequest.slice(0, 300)), Buffer.from([0xff]), Buffer.from(exchangelibRequest.slice(300))]), 400, 'ErrorInvalidRequest'],
];

for (const [what, body, status, code, message] of faults) {
  test(`fault: ${what}: ${status} ${code}`, async () => {
    const answer = await post(body);
    assert.equal(answer.status, status);
    assert.equal(answer.errorCode, code);
    const fault = readSoapFault(envelopeOf(answer));
    assert.ok(fault?.detail);
    assert.equal(fault.code, code);
    assert.equal(findChild(fault.detail, errorsNamespace, 'ResponseCode')?.text, code);
    if (message !== undefined) assert.equal(fault.message, message);
  });
}

test('a schema violation says where', async () => {
  const answer = await post(namedZoneRequest.replace('<nsTypes:AttendeeType>', '<nsTypes:Mood/><nsTypes:AttendeeType>'));
  const fault = readSoapFault(envelopeOf(answer));
  assert.ok(fault?.detail);
  const reading = decodeEwsFault(fault);
  assert.equal(reading.lineNumber, 9);
  assert.equal(reading.violation, `The element 'MailboxData' in namespace '${typesNamespace}' has invalid child element 'Mood' in namespace '${typesNamespace}'. List of possible elements expected: 'AttendeeType' in namespace '${typesNamespace}'.`);
  assert.equal(reading.message, `The request failed schema validation: ${reading.violation}`);
  assert.equal(findChild(fault.detail, errorsNamespace, 'Message')?.text, 'The request failed schema validation.');
});

test('a charset that is not taken: 415', async () => {
  assert.equal((await post(exchangelibRequest, {}, requester, 'text/xml; charset="iso-8859-1"')).status, 415);
  assert.equal((await post(exchangelibRequest, {}, requester, 'text/xml')).status, 200);
});

test('a failure inside is logged whole and told to nobody', async () => {
  const lines: string[] = [];
  const log = createLog('test', { destination: { write: (line) => void lines.push(line) } });
  const answer = await post(exchangelibRequest, { log, lookUpFreeBusy: () => Promise.reject(new Error('secret table is gone')) });
  assert.equal(answer.status, 500);
  assert.equal(answer.errorCode, 'ErrorInternalServerError');
  assert.equal(readSoapFault(envelopeOf(answer))?.message, 'An internal server error occurred. The operation failed.');
  assert.ok(!answer.body.toString().includes('secret'));
  assert.ok(lines.some((line) => line.includes('secret table is gone') && line.includes('request-0001')));
});

test('what a client that went away leaves unfinished is no error', async () => {
  const lines: { level: number; requestId: string }[] = [];
  const log = createLog('test', { level: 'debug', destination: { write: (line) => void lines.push(JSON.parse(line) as { level: number; requestId: string }) } });
  const client = new AbortController();
  const gone = service({
    log,
    lookUpFreeBusy: () => {
      client.abort();
      return Promise.reject(new Error('nobody waits'));
    },
  });
  await gone.handle({ body: Buffer.from(exchangelibRequest), requester, context: { ...context, signal: client.signal } });
  assert.deepEqual(lines.map(({ level, requestId }) => ({ level, requestId })), [{ level: 20, requestId: 'request-0001' }]);
});

test('a failure inside is an internal one even where it throws at once', async () => {
  const answer = await post(exchangelibRequest, {
    lookUpFreeBusy: () => {
      throw new TypeError('x');
    },
  });
  assert.equal(answer.errorCode, 'ErrorInternalServerError');
});

test('the limits are those of the options', async () => {
  assert.equal((await post(managedApiRequest, { limits: { maximumMailboxes: 1 } })).errorCode, 'ErrorMailboxDataArrayTooBig');
  assert.equal((await post(managedApiRequest, { limits: { maximumWindowDays: 1 } })).errorCode, 'ErrorTimeIntervalTooBig');
  assert.equal((await post(managedApiRequest, { xmlLimits: { maximumBytes: 100 } })).status, 413);
});

test('a request with any piece changed, moved or doubled is answered or refused, never an internal error', async () => {
  const samples = [exchangelibRequest, managedApiRequest, defaultNamespaceRequest, namedZoneRequest].map((sample) => sample.split(/(?=<)|(?<=>)/));
  const change = fc.record({ sample: fc.nat(3), from: fc.nat(300), to: fc.nat(300), how: fc.constantFrom('remove', 'double', 'move', 'replace'), text: fc.oneof(fc.string(), fc.constantFrom('-1', '1e9', 'NaN', '9999-12-31T23:59:59', '0001-01-01T00:00:00', '99999999999999999999', 'P99999999D')) });
  const one = service();
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      const pieces = [...(samples[changes[0]?.sample ?? 0] ?? [])];
      for (const { from, to, how, text } of changes) {
        const index = from % pieces.length;
        const piece = pieces[index] ?? '';
        if (how === 'double') pieces.splice(index, 0, piece);
        else if (how === 'replace') pieces[index] = piece.startsWith('<') ? piece.replace(/"[^"]*"/, `"${text.replace(/["<&]/g, '')}"`) : text.replace(/[<&]/g, '');
        else pieces.splice(index, 1);
        if (how === 'move') pieces.splice(to % pieces.length, 0, piece);
      }
      const answer = await one.handle({ body: Buffer.from(pieces.join('')), requester, context });
      assert.notEqual(answer.errorCode, 'ErrorInternalServerError', pieces.join(''));
      const [element] = envelopeOf(answer).body;
      assert.ok(answer.status === 200 ? element?.local === 'GetUserAvailabilityResponse' : element?.local === 'Fault');
      assert.equal(element && findAttribute(element, 'x'), undefined);
    }),
    { numRuns: 400 },
  );
});
