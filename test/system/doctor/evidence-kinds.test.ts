import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { createTimeZone } from '../../../src/organization/index.ts';
import { createSelfSignedCertificate } from '../../../src/identity/index.ts';
import { examine, har, ids, iisLog, lookups, now, utf16, zip } from './evidence-samples.ts';

// Evidence in the shapes in which servers, consoles and programs really leave it.

/** The columns of HttpProxy's logs, as Exchange 2016 CU and 2019 write them. */
const httpProxyFields =
  'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,TotalAccountForestLatency,ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,SharedCacheLatencyBreakup,TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,RoutingStatus';

function exchangeLog(fields: string, type: string, rows: readonly Readonly<Record<string, string>>[]): string {
  const names = fields.split(',');
  return ['#Software: Microsoft Exchange Server', '#Version: 15.02.1544.004', `#Log-type: ${type}`, '#Date: 2026-11-21T09:00:00.130Z', `#Fields: ${fields}`, ...rows.map((row) => names.map((name) => row[name] ?? '').join(','))].join('\r\n');
}

const proxied = (time: string, more: Readonly<Record<string, string>>): Record<string, string> => ({ DateTime: `2026-11-21T${time}Z`, RequestId: '5e58f5e5-1ddc-48d3-82c6-0199bc121640', MajorVersion: '15', Protocol: 'Ews', UrlHost: 'mail.contoso.com', UrlStem: '/EWS/Exchange.asmx', UserAgent: lookups, Method: 'POST', ProxyAction: 'Proxy', RoutingStatus: 'CafeV1', ...more });

test('HttpProxy: the columns of 2016 and 2019; lookups that are refused, and ones that are answered', async () => {
  const refused = await examine({ 'HttpProxy/Ews/HttpProxy_2026112109-1.LOG': exchangeLog(httpProxyFields, 'HttpProxy Logs', [proxied('09:00:00.130', { HttpStatus: '401' }), proxied('09:00:01.130', { HttpStatus: '401' })]) });
  assert.equal(refused.files[0]?.kind, 'Exchange log');
  assert.equal(refused.files[0].side, 'on-premises');
  assert.deepEqual(ids(refused), ['FB10']);
  assert.equal(refused.findings[0]?.evidence[0]?.line, 6);
  const answered = await examine({ 'HttpProxy_2026112109-1.LOG': exchangeLog(httpProxyFields, 'HttpProxy Logs', [proxied('09:00:00.130', { HttpStatus: '401' }), proxied('09:00:00.230', { HttpStatus: '200', BackEndStatus: '200', GenericErrors: '' })]) });
  assert.deepEqual(ids(answered), []);
  const autodiscover = await examine({ 'a.LOG': exchangeLog(httpProxyFields, 'HttpProxy Logs', [proxied('09:00:00.130', { Protocol: 'Autodiscover', UrlStem: '/autodiscover/autodiscover.svc', UserAgent: 'ASAutoDiscover/CrossForest/EmailDomain//15.20.8158.012', HttpStatus: '401' })]) });
  assert.deepEqual(ids(autodiscover), ['FB10']);
});

test('Exchange’s other logs have a time and errors in columns of other names', async () => {
  const tracking = '#Software: Microsoft Exchange Server\r\n#Version: 15.02.1544.004\r\n#Log-type: Message Tracking Log\r\n#Date: 2026-11-21T09:00:00.130Z\r\n#Fields: date-time,client-ip,client-hostname,server-ip,source,event-id,recipient-status\r\n2026-11-21T09:00:00.130Z,10.0.0.1,EX1,10.0.0.2,SMTP,FAIL,550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\r\n';
  const ecp = '#Software: Microsoft Exchange Server\r\n#Log-type: ECP Server Log\r\n#Fields: TimeStamp,ServerName,EventId,EventData\r\n2026-11-21T09:00:00.130Z,EX1,ECP.Request,S:EX=Proxy web request failed. : System.Net.WebException: The request failed with HTTP status 401: Unauthorized.\r\n';
  const quiet = await examine({ 'MSGTRK2026112109-1.LOG': tracking });
  assert.deepEqual([quiet.files[0]?.kind, ids(quiet)], ['Exchange log', []]);
  const told = await examine({ 'ECPServer.LOG': ecp });
  assert.deepEqual(ids(told), ['FB10']);
  assert.equal(told.findings[0]?.firstAt, Date.parse('2026-11-21T09:00:00.130Z'));
});

test('IIS: fields that change within a file', async () => {
  const first = iisLog(['09:00:00 200 /owa/ Mozilla/5.0', `09:00:01 401 /EWS/Exchange.asmx ${lookups}`]);
  const second = `#Software: Microsoft Internet Information Services 10.0\r\n#Date: 2026-11-21 10:00:00\r\n#Fields: date time sc-status sc-substatus cs-method cs-uri-stem cs(User-Agent) X-Forwarded-For\r\n2026-11-21 10:00:01 401 0 POST /EWS/Exchange.asmx ${lookups} 52.96.1.1\r\n2026-11-21 10:00:02 200 0 GET /owa/ Mozilla/5.0 -\r\n`;
  const report = await examine({ 'u_ex.log': `${first}${second}` });
  assert.deepEqual(ids(report), ['FB10']);
  assert.match(report.findings[0]?.proof[0] ?? '', /^2 requests/);
  assert.deepEqual([report.files[0]?.from, report.files[0]?.to], [Date.parse('2026-11-21T09:00:00Z'), Date.parse('2026-11-21T10:00:02Z')]);
  assert.deepEqual(report.files[0]?.notes, []);
});

test('IIS: lines that somebody cut out of a log, without its heading', async () => {
  const cutOut = ['00', '01'].map((second) => `2026-11-21 09:00:${second} 10.1.2.21 POST /ews/exchange.asmx/WSSecurity &CorrelationID=<empty>;&cafeReqId=4f0c; 443 - 40.101.12.4 ${lookups} - 401 0 0 15`).join('\r\n');
  const report = await examine({ 'u_ex261121-excerpt.log': cutOut });
  assert.deepEqual([report.files[0]?.kind, report.files[0]?.from, ids(report)], ['IIS log', Date.parse('2026-11-21T09:00:00Z'), ['FB10']]);
  assert.match(report.findings[0]?.proof[0] ?? '', /^2 requests/);
  assert.deepEqual(report.files[0]?.notes, ['It has no line #Fields: its lines were read with the fields that IIS writes by default.']);
});

test('a log that nobody knows: a line with a time is an entry, and what follows without one belongs to it', async () => {
  const report = await examine({ 'app.log': '2026-11-21 09:00:00.250 INFO started\n2026-11-21 10:00:00+0100 ERROR lookup failed\n   The caller does not have access\n   to free/busy data.\n2026-11-21 09:00:02.500Z INFO next\n' });
  assert.deepEqual([report.files[0]?.kind, ids(report)], ['text', ['FB12']]);
  assert.deepEqual([report.findings[0]?.evidence[0]?.line, report.findings[0]?.firstAt], [2, Date.parse('2026-11-21T09:00:00Z')]);
  assert.deepEqual([report.files[0]?.from, report.files[0]?.to], [Date.parse('2026-11-21T09:00:00Z'), Date.parse('2026-11-21T09:00:02.500Z')]);
});

test('access logs without a heading: combined with its offset, IIS’s own in local time', async () => {
  const combined = Array.from({ length: 3 }, (_, index) => `52.96.1.1 - - [21/Nov/2026:10:0${index}:00 +0100] "POST /EWS/Exchange.asmx HTTP/1.1" 401 0 "-" "${lookups}"`).join('\n');
  const proxy = await examine({ 'nginx/access.log': combined });
  assert.deepEqual([proxy.files[0]?.kind, proxy.files[0]?.from, ids(proxy)], ['access log', Date.parse('2026-11-21T09:00:00Z'), ['FB10']]);
  const fixed = '10.2.0.7, CONTOSO\\EX2$, 11/21/26, 10:00:01, W3SVC1, EX1, 10.1.0.5, 31, 300, 200, 403, 0, POST, /EWS/mrsproxy.svc, -,\r\n';
  const zone = createTimeZone('Europe/Berlin');
  const iis = await examine({ 'u_in261121.log': fixed }, { localClock: { zone: 'Europe/Berlin', toInstant: (local) => zone.toInstant(local) } });
  assert.deepEqual([iis.files[0]?.kind, iis.files[0]?.from, iis.files[0]?.offset?.minutes, ids(iis)], ['access log', Date.parse('2026-11-21T09:00:01Z'), 60, ['A1']]);
});

test('a time zone knows the clocks of every day, and the file says so', async () => {
  const zone = createTimeZone('W. Europe Standard Time');
  const report = await examine({ 'wizard.log': ['2026.10.24 10:00:00.000 *ERROR* 10349 [Client=UX] HCW8001 x', '2026.10.26 10:00:00.000 *ERROR* 10349 [Client=UX] HCW8002 y'].join('\n') }, { localClock: { zone: 'W. Europe Standard Time', toInstant: (local) => zone.toInstant(local) } });
  assert.deepEqual(report.timeline.map(({ at }) => new Date(at).toISOString().slice(11, 16)), ['08:00', '09:00']);
  assert.equal(report.files[0]?.offset?.because, 'W. Europe Standard Time was given; its clocks change within the file, to UTC+01:00');
});

test('certificates: a chain in PEM with notes between, PKCS#7 in both forms, base64 alone, UTF-16', async () => {
  const clock = { now: () => now };
  const made = await Promise.all(['Microsoft Exchange Server Auth Certificate', 'mail.contoso.com'].map((commonName) => createSelfSignedCertificate({ commonName, days: 10, clock })));
  const [auth = '', mail = ''] = made.map(({ certificate }) => certificate);
  const bare = new X509Certificate(auth).raw.toString('base64').replaceAll(/.{64}/g, '$&\r\n');
  const forms: Readonly<Record<string, readonly [content: string | Buffer, certificates: number]>> = {
    'chain.cer': [`Bag Attributes\r\n    localKeyID: 01\r\nsubject=CN = x\r\n${auth}${mail}`.replaceAll(/\r?\n/g, '\r\n'), 2],
    'utf16.cer': [utf16(auth), 1],
    'bare.cer': [bare, 1],
  };
  for (const [name, [content, count]] of Object.entries(forms)) {
    const report = await examine({ [name]: content });
    assert.equal(report.files[0]?.kind, 'certificate', name);
    assert.deepEqual([name, report.observations.length, report.files[0].notes], [name, count, []]);
  }
});

test('what ends when, in every form in which dates are written', async () => {
  const forms: Readonly<Record<string, string>> = {
    'a.json': JSON.stringify([{ Thumbprint: 'AA', Subject: 'CN=a', NotAfter: `/Date(${now + 86_400_000})/` }]),
    'b.txt': 'Thumbprint : AA\nSubject    : CN=a\nNotAfter   : 22.11.2026 09:00:00\n',
    'c.csv': 'Thumbprint;Subject;NotAfter\nAA;CN=a;22.11.2026 09:00\n',
    'd.csv': '#TYPE System.Security.Cryptography.X509Certificates.X509Certificate2\n"Thumbprint","Subject","NotAfter"\n"AA","CN=a","11/22/2026 9:00:00 AM"\n',
  };
  for (const [name, content] of Object.entries(forms)) assert.match((await examine({ [name]: content })).observations[0]?.text ?? name, /AA \(CN=a\) ends on 2026-11-22/);
});

test('events in XML: all in one line as Event Viewer saves them, in UTF-16, cut off', async () => {
  const event = (id: number, text: string): string => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='MSExchange Common'/><EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime='2026-11-21T09:00:00.123Z'/></System><EventData><Data>${'x'.repeat(900)} ${text}</Data></EventData></Event>`;
  const many = `<?xml version="1.0" encoding="utf-8" standalone="yes"?><Events>${event(1, 'all is well').repeat(300)}${event(3002, 'BackendRehydrationException: Rehydration failed.')}</Events>`;
  const report = await examine({ 'Application.xml': many });
  assert.deepEqual(ids(report), ['a1-serialization-right']);
  assert.deepEqual(report.files[0]?.notes, []);
  assert.deepEqual(ids(await examine({ 'Application.xml': utf16(many) })), ['a1-serialization-right']);
  const cut = await examine({ 'Application.xml': many.slice(0, -120) });
  assert.deepEqual(ids(cut), []);
});

test('traces: as Chromium, Edge and Firefox export them', async () => {
  const failing = { url: 'https://outlook.office365.com/EWS/Exchange.asmx', status: 200, body: '<m:MessageText>Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized.</m:MessageText>' };
  const chromium = har([failing]).replace('"name": "Browser"', '"name": "WebInspector"').replace('"entries": [', '"pages": [{"startedDateTime": "2026-11-21T09:00:00.000Z", "id": "page_1", "title": "https://outlook.office.com/", "pageTimings": {"onLoad": 1}}],\n"entries": [').replace('"startedDateTime": "2026-11-21T09:00:00.000Z",\n        "time"', '"_connectionId": "24", "_initiator": {"type": "script", "stack": {"callFrames": [{"functionName": "x", "url": "y"}]}}, "_priority": "High", "_resourceType": "xhr", "startedDateTime": "2026-11-21T09:00:00.000Z",\n        "time"');
  const firefox = har([{ ...failing, at: '2026-11-21T10:00:00.000+01:00' }]).replace('"name": "Browser"', '"name": "Firefox"');
  for (const [name, trace] of Object.entries({ chromium, firefox, marked: `\ufeff${chromium}`, compact: JSON.stringify(JSON.parse(chromium)) })) {
    const report = await examine({ 'a.har': trace });
    assert.deepEqual([name, report.files[0]?.kind, ids(report), report.findings[0]?.firstAt], [name, 'HAR trace', ['FB10'], Date.parse('2026-11-21T09:00:00.000Z')]);
  }
});

test('an answer whose parts say a failure, one better than the other, says it once and by the better', async () => {
  const bare = 'Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized.';
  const diagnostics = '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"';
  const { findings } = await examine({ 'a.har': har([{ url: 'https://mail.contoso.com/EWS/Exchange.asmx', status: 500, response: { 'x-ms-diagnostics': diagnostics }, body: `<m:MessageText>${bare}</m:MessageText>` }]) });
  assert.deepEqual(findings.map(({ failure, count }) => [failure.id, count]), [['FB25', 1]]);
  const { findings: both } = await examine({ 'a.har': har([{ url: 'https://mail.contoso.com/EWS/Exchange.asmx', status: 500, body: `<m:MessageText>${bare}</m:MessageText><m:Value>${diagnostics}</m:Value>` }]) });
  assert.deepEqual(both.map(({ failure }) => failure.id), ['FB25']);
});

test('a SAZ with a password is refused in one sentence with the way out', async () => {
  const saz = await zip({ 'raw/1_c.txt': 'GET / HTTP/1.1', 'raw/1_s.txt': 'HTTP/1.1 200 OK', 'raw/2_c.txt': 'GET / HTTP/1.1' });
  // Bit 0 of the flags of every header (APPNOTE 4.4.4).
  for (const [mark, flags] of [['PK\u0003\u0004', 6], ['PK\u0001\u0002', 8]] as const) for (let at = saz.indexOf(mark, 0, 'latin1'); at !== -1; at = saz.indexOf(mark, at + 4, 'latin1')) saz[at + flags] = (saz[at + flags] ?? 0) | 1;
  const report = await examine({ 'trace.saz': saz });
  assert.deepEqual(report.files[0]?.notes.length, 1);
  assert.match(report.files[0].notes[0] ?? '', /protected by a password .* Open it in Fiddler/);
});

test('wizard logs that begin in the middle, roll over and end within a line', async () => {
  const entry = (second: number, text: string): string => `2026.11.21 10:00:${String(second).padStart(2, '0')}.000 *ERROR* 10349 [Client=UX, Page=HybridConnectorInstall, Thread=20] ${text}`;
  const failure = 'HCW8064 - The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration.';
  const whole = [entry(1, 'x'), entry(2, failure), entry(3, 'y')].join('\r\n');
  for (const content of [whole.slice(40), `\r\n   at System.Foo()\r\n${whole}`, `${whole}\r\n2026.11.21 10:0`, entry(2, failure).slice(0, 160)]) {
    const report = await examine({ '20261121_100000.log': content });
    assert.deepEqual([report.files[0]?.kind, ids(report)], ['wizard log', ['W1']], content.slice(0, 60));
  }
});

test('a transcript: prompts, colours, two commands without a blank line between them', async () => {
  const transcript = ['**********************', 'PowerShell transcript start', 'Start time: 20261121100000', 'Username: CONTOSO\\admin', '**********************', '[PS] C:\\Windows\\system32>Get-WebServicesVirtualDirectory | fl Identity,OAuthAuthentication', '\u001b[32;1mIdentity            : \u001b[0mEX1\\EWS (Default Web Site)', '\u001b[32;1mOAuthAuthentication : \u001b[0mFalse', 'PS C:\\Users\\admin> Get-OrganizationConfig | fl Name', 'Name : Contoso', 'PS C:\\Users\\admin> Test-OAuthConnectivity', '\u001b[31;1mProxy web request failed. , inner exception: The request failed with \u001b[31;1mHTTP status 401: Unauthor\u001b[0mized.', '**********************', 'End time: 20261121103000'].join('\r\n');
  const report = await examine({ 'transcript.txt': utf16(transcript) }, { localClock: { minutes: 60 } });
  assert.deepEqual(ids(report), ['fb10-oauth-off']);
  assert.deepEqual([report.files[0]?.from, report.files[0]?.to], [Date.parse('2026-11-21T09:00:00Z'), Date.parse('2026-11-21T09:30:00Z')]);
  assert.equal(report.findings[0]?.evidence.find(({ text }) => text.startsWith('OAuthAuthentication'))?.line, 8);
});

test('Format-List from a console that cuts lines: one object all the same', async () => {
  const list = ['Name                          : O365 to On-premises - 8c1f0b3d-5a6e-4f7b-9c2d-1e3f4a5b6', 'c7d', 'DomainNames                   : {contoso.com, fabrikam.com, a-very-long-domain-name-of-a-', '                                subsidiary.example}', 'FreeBusyAccessEnabled         : True', 'FreeBusyAccessLevel           : None'].join('\r\n');
  assert.deepEqual(ids(await examine({ 'relationship.txt': list })), ['fb12-relationship-level']);
});

test('CSV as a German Excel saves it again, with a cell over two lines, with sep=', async () => {
  for (const [name, content] of Object.entries({
    'excel.csv': 'Identity;InternalUrl;OAuthAuthentication\r\nEX1\\EWS;https://mail.contoso.com/EWS/Exchange.asmx;FALSCH\r\n',
    'type.csv': '#TYPE Deserialized.Microsoft.Exchange.Management.SystemConfigurationTasks.ADWebServicesVirtualDirectory\r\n"Identity";"Comment";"OAuthAuthentication"\r\n"EX1\\EWS";"one\r\ntwo; three";"False"\r\n',
    'sep.csv': 'sep=;\r\n"Identity";"OAuthAuthentication"\r\n"EX1\\EWS";"False"\r\n',
    'bare.csv': 'Identity,OAuthAuthentication,Server\nEX1\\EWS,False,EX1\n',
  })) {
    const report = await examine({ [name]: content });
    assert.deepEqual([name, report.files[0]?.kind, ids(report)], [name, 'CSV', ['fb10-oauth-off']]);
  }
});

test('JSON that ConvertTo-Json cut at its depth, or wrapped as value and Count', async () => {
  const report = await examine({ 'a.json': JSON.stringify({ value: [{ Identity: 'EX1\\EWS', OAuthAuthentication: false, CertificateAuthentication: null, Server: '@{Name=EX1; Forest=System.Object[]}' }], Count: 1 }) });
  assert.deepEqual(ids(report), ['fb10-oauth-off']);
});

test('a support mail: what is in base64 and what is attached is read', async () => {
  const error = Buffer.from('Since today:\r\n\r\nProxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized.\r\n').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const attached = Buffer.from('Identity            : EX1\\EWS\r\nOAuthAuthentication : False\r\n').toString('base64');
  const mail = ['Received: from a.contoso.com (10.0.0.1) by b.contoso.com (10.0.0.2) with SMTP; Sat, 21 Nov 2026 10:00:05 +0100', 'Message-ID: <1@contoso.com>', 'From: Anna <anna@contoso.com>', 'To: help@example.org', 'Date: Sat, 21 Nov 2026 10:00:00 +0100', 'Subject: free/busy', 'X-MS-Exchange-CrossTenant-id: f31f3647-5d87-4b69-a0b6-73f62aeab14c', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="x"', '', '--x', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', error, '--x', 'Content-Type: text/plain', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="ews.txt"', '', attached, '--x--', ''].join('\r\n');
  const report = await examine({ 'case.eml': mail });
  assert.deepEqual(report.files.map(({ kind }) => kind), ['mail', 'text']);
  assert.deepEqual(ids(report), ['fb10-oauth-off']);
  assert.deepEqual(report.timeline.map(({ at }) => at), [Date.parse('2026-11-21T09:00:00Z'), Date.parse('2026-11-21T09:00:05Z')]);
  assert.deepEqual(report.tenants.map(({ name }) => name), ['f31f3647-5d87-4b69-a0b6-73f62aeab14c']);
  const headers = await examine({ 'headers.txt': mail.slice(0, mail.indexOf('\r\n\r\n')) });
  assert.deepEqual([headers.files[0]?.kind, ids(headers), headers.timeline.length], ['mail', [], 2]);
});
