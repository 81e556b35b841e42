import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createSelfSignedCertificate } from '../../../src/identity/index.ts';
import { examine, har, ids, iisLog, jwt, lookups, now, utf16, zip } from './evidence-samples.ts';

const failure401 = 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with HTTP status 401: Unauthorized.';

test('IIS: a first 401 before each answer is no failure', async () => {
  const report = await examine({ 'u_ex261121.log': iisLog([`09:00:01 401 /EWS/Exchange.asmx ${lookups}`, `09:00:01 200 /EWS/Exchange.asmx ${lookups}`, `09:05:01 401 /EWS/Exchange.asmx ${lookups}`, `09:05:02 200 /EWS/Exchange.asmx ${lookups}`, `09:06:00 401 /EWS/Exchange.asmx ${lookups}`]) });
  assert.deepEqual(report.findings, []);
  assert.match(report.verdict, /^Nothing in 1 file is a failure that is known/);
  assert.equal(report.files[0]?.kind, 'IIS log');
  assert.deepEqual([report.files[0].from, report.files[0].to], [Date.parse('2026-11-21T09:00:01Z'), Date.parse('2026-11-21T09:06:00Z')]);
});

test('IIS: lookups that are refused and never answered, with the line', async () => {
  const report = await examine({ 'W3SVC1/u_ex261121.log': iisLog([`09:00:01 401 /EWS/Exchange.asmx ${lookups}`, '09:00:02 200 /owa/ Mozilla/5.0', `09:05:01 401 /EWS/Exchange.asmx ${lookups}`]) });
  const [finding] = report.findings;
  assert.equal(finding?.failure.id, 'FB10');
  assert.match(finding.proof[0] ?? '', /2 requests .* refused with 401, and none is answered/);
  assert.equal(finding.evidence[0]?.line, 5);
  assert.match(finding.evidence[0].file, /W3SVC1\/u_ex261121\.log$/);
});

test('IIS: moves refused with 403, filtered with 404.7, a pool that stands still', async () => {
  assert.deepEqual(ids(await examine({ 'a.log': iisLog(['09:00:01 403 /EWS/mrsproxy.svc -', '09:00:02 403 /EWS/mrsproxy.svc -']) })), ['A1']);
  assert.deepEqual(ids(await examine({ 'a.log': iisLog(['09:00:01 404.7 /EWS/mrsproxy.svc -']) })), ['a1-request-filtering']);
  assert.deepEqual(ids(await examine({ 'a.log': iisLog([`09:00:01 503 /EWS/Exchange.asmx ${lookups}`]) })), ['m35-pool-stopped']);
});

test('both sides together: refused in the cloud while Exchange’s own log has nothing, or has it', async () => {
  const cloud = har([{ url: 'https://outlook.office365.com/EWS/Exchange.asmx', at: '2026-11-21T09:10:00.000Z', status: 200, body: `<m:MessageText>${failure401}</m:MessageText>` }]);
  const quiet = iisLog(['08:00:00 200 /owa/ Mozilla/5.0', '10:00:00 200 /owa/ Mozilla/5.0']);
  const refused = await examine({ 'cloud.har': cloud, 'on-premises/u_ex.log': quiet });
  assert.deepEqual(ids(refused), ['fb10-preauthentication']);
  assert.match(refused.findings[0]?.proof.join(' ') ?? '', /covers that time and has no request/);
  const reached = await examine({ 'cloud.har': cloud, 'on-premises/u_ex.log': iisLog(['08:00:00 200 /owa/ x', `09:10:00 401 /EWS/Exchange.asmx ${lookups}`, '10:00:00 200 /owa/ x']) });
  assert.deepEqual(reached.findings[0]?.ruledOut.map(({ cause }) => cause.id), ['fb10-preauthentication']);
  // A log that does not cover the time proves nothing.
  assert.deepEqual(ids(await examine({ 'cloud.har': cloud, 'u_ex.log': iisLog(['07:00:00 200 /owa/ x', '08:00:00 200 /owa/ x']) })), ['FB10']);
});

test('wizard: local times find their offset in the .xhcw; errors keep their lines', async () => {
  const log = ['2026.11.21 10:00:00.000         10276 [Client=UX, Session=OnPremises, Cmdlet=Get-AuthConfig, Thread=1] START Get-AuthConfig', '2026.11.21 10:00:01.000         10276 [Client=UX, Session=OnPremises, Cmdlet=Set-AuthConfig, Thread=1] START Set-AuthConfig -Confirm: $false', '2026.11.21 10:00:05.500 *ERROR* 10241 [Client=UX, Workflow=Hybrid, Thread=1] HCW8064 - The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration.', '   at Microsoft.Online.CSE.Hybrid'].join('\r\n');
  const xhcw = '<invoke cmdlet="Get-AuthConfig" type="OnPremises" start="2026-11-21T08:00:00.100Z" duration="0.1"><!-- Get-AuthConfig --></invoke>\n<invoke cmdlet="Set-AuthConfig" type="OnPremises" start="2026-11-21T10:00:01.2+02:00" duration="0.1"/>\n<invoke cmdlet="Half';
  const report = await examine({ '20261121_100000.log': utf16(log), '20261121_100000.xhcw': xhcw });
  assert.equal(report.findings[0]?.failure.id, 'W1');
  assert.equal(report.findings[0].evidence[0]?.line, 3);
  assert.equal(report.findings[0].firstAt, Date.parse('2026-11-21T08:00:05.500Z'));
  const file = report.files.find(({ kind }) => kind === 'wizard log');
  assert.equal(file?.offset?.minutes, 120);
  assert.match(file.offset.because, /same cmdlets stand in .*\.xhcw/);
  const given = await examine({ 'a.log': log }, { localClock: { minutes: -300 } });
  assert.equal(given.findings[0]?.firstAt, Date.parse('2026-11-21T15:00:05.500Z'));
  const unknown = await examine({ 'a.log': log });
  assert.match(unknown.files[0]?.offset?.because ?? '', /taken as UTC; --time-zone/);
});

test('events: XML in UTC, text in local time', async () => {
  const xml = `<Events>${['3002', '1'].map((id) => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='MSExchange Common'/><EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime='2026-11-21T09:00:00.1234567Z'/></System><EventData><Data>${id === '1' ? 'nothing' : 'Microsoft.Exchange.Security.Authentication.BackendRehydrationException: Rehydration failed.'}</Data></EventData></Event>`).join('')}<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>`;
  const report = await examine({ 'events.xml': xml });
  assert.deepEqual(ids(report), ['a1-serialization-right']);
  assert.equal(report.timeline[0]?.at, Date.parse('2026-11-21T09:00:00.123Z'));
  const text = 'Log Name:      Application\r\nSource:        MSExchange Web Services\r\nDate:          11/21/2026 9:00:00 AM\r\nEvent ID:      1309\r\nLevel:         Warning\r\nDescription:\r\nThe MRS proxy service is disabled.\r\n';
  assert.deepEqual(ids(await examine({ 'events.txt': utf16(text, false) })), ['a1-mrsproxy-off']);
});

test('traces: Outlook that never sends Bearer; a challenge without address; diagnostics; a page instead of SOAP', async () => {
  const url = 'https://mail.contoso.com/EWS/Exchange.asmx';
  const challenge = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted_user_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"';
  const outlook = { 'user-agent': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17029; Pro)' };
  assert.deepEqual(ids(await examine({ 'a.har': har([{ url, request: outlook, status: 401, response: { 'www-authenticate': challenge } }]) })), ['h1-switched-off']);
  assert.deepEqual(ids(await examine({ 'a.har': har([{ url, request: { ...outlook, authorization: 'Bearer' }, status: 401, response: { 'www-authenticate': challenge.replace(/, authorization_uri.*/, '') } }]) })), ['h2-no-default']);
  assert.deepEqual(ids(await examine({ 'a.har': har([{ url, request: { ...outlook, authorization: 'Bearer ' }, status: 401, response: { 'www-authenticate': 'Basic realm="x"' } }]) })), ['h2-oauth-off']);
  assert.deepEqual(ids(await examine({ 'a.har': har([{ url, request: { ...outlook, authorization: 'Bearer' }, status: 401, response: { 'www-authenticate': challenge, 'x-ms-diagnostics': '4000000;reason="Flighting is not enabled for domain \'anna@contoso.com\'.";error_category="oauth_not_available"' } }]) })), ['H3']);
  assert.deepEqual(ids(await examine({ 'a.har': har([{ url, request: {}, status: 200, response: { 'content-type': 'text/html' }, body: '<html>login</html>' }]) })), ['fb27-device-page']);
});

test('traces: SAZ, with bodies that are chunked and compressed', async () => {
  const { gzipSync } = await import('node:zlib');
  const body = gzipSync('{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired due to it being revoked."}');
  const answer = Buffer.concat([Buffer.from(`HTTP/1.1 400 Bad Request\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
  const saz = await zip({
    '[Content_Types].xml': '<x/>',
    'raw/1_c.txt': 'CONNECT login.microsoftonline.com:443 HTTP/1.1\r\nHost: login.microsoftonline.com\r\n\r\n',
    'raw/2_c.txt': 'POST https://login.microsoftonline.com/common/oauth2/token HTTP/1.1\r\nHost: login.microsoftonline.com\r\n\r\nrefresh_token=hunter2hunter2',
    'raw/2_s.txt': answer,
    'raw/2_m.xml': '<Session SID="2"><SessionTimers ClientConnected="2026-11-21T10:00:00.1+01:00" ClientBeginRequest="2026-11-21T10:00:00.2000000+01:00"/></Session>',
  });
  const report = await examine({ 'trace.saz': saz });
  assert.equal(report.findings[0]?.failure.id, 'H8');
  assert.equal(report.findings[0].evidence[0]?.line, 2);
  assert.equal(report.findings[0].firstAt, Date.parse('2026-11-21T09:00:00.200Z'));
  assert.equal(report.files[0]?.kind, 'SAZ trace');
});

test('tokens: decoded, the inner one too, and never printed whole', async () => {
  const actor = jwt({ iss: '00000001-0000-0000-c000-000000000000@tid', appid: 'actor' });
  const token = jwt({ aud: 'https://mail.contoso.com', upn: 'anna@contoso.com', exp: 1_700_000_000, actortoken: actor }, { alg: 'none' });
  const report = await examine({ 'token.txt': `Bearer ${token}`, 'a.har': har([{ url: 'https://owa.contoso.com/EWS/Exchange.asmx', request: { authorization: `Bearer ${token}` }, status: 401 }]) });
  const all = JSON.stringify(report);
  assert.ok(!all.includes(token.slice(20, 60)) && !all.includes(actor.slice(0, 30)));
  assert.ok(report.observations.some(({ text }) => /sent \d+ minutes after its end/.test(text)));
  assert.ok(report.observations.some(({ text }) => /token for mail\.contoso\.com was sent to owa\.contoso\.com/.test(text)));
});

test('cmdlet output in every form: Format-List, CSV, Clixml, JSON, UTF-16 or not, with the line of the property', async () => {
  const list = 'Identity               : EX1\\EWS (Default Web Site)\r\nInternalUrl            : https://mail.contoso.com/EWS/Exchange.asmx\r\nOAuthAuthentication    : False\r\nExternalUrl            : \r\n';
  const clixml = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\r\n  <Obj RefId="0">\r\n    <Props>\r\n      <S N="Identity">EX1\\EWS</S>\r\n      <B N="OAuthAuthentication">false</B>\r\n    </Props>\r\n  </Obj>\r\n</Objs>';
  const forms: Readonly<Record<string, readonly [content: string | Buffer, line: number]>> = {
    'list.txt': [utf16(`\r\n${list}`), 4],
    'bare.txt': [utf16(`\r\n${list}`, false), 4],
    'ews.csv': ['"Identity","OAuthAuthentication","WSSecurityAuthentication"\r\n"EX1\\EWS, the first","False","True"\r\n', 2],
    'ews.xml': [clixml, 5],
    'ews.json': [JSON.stringify([{ Identity: 'EX1\\EWS', OAuthAuthentication: false }], undefined, 1), 4],
  };
  for (const [name, [content, line]] of Object.entries(forms)) {
    const report = await examine({ [name]: content });
    assert.deepEqual(ids(report), ['fb10-oauth-off'], name);
    assert.equal(report.findings[0]?.evidence[0]?.line, line, name);
    assert.equal(report.findings[0].isSeen, false);
    assert.match(report.verdict, /is not in the evidence/);
  }
});

test('a setting that may be so on purpose is told only where its failure is seen', async () => {
  const setting = 'Identity        : EX1\\EWS (Default Web Site)\nMRSProxyEnabled : False\nInternalUrl     : https://x\n';
  assert.deepEqual(ids(await examine({ 'ews.txt': setting })), []);
  assert.deepEqual(ids(await examine({ 'ews.txt': setting, 'u_ex.log': iisLog(['09:00:01 403 /EWS/mrsproxy.svc -']) })), ['a1-mrsproxy-off']);
});

test('a line that its paragraph shows again is one occurrence; a wrapped one is one, too', async () => {
  const report = await examine({ 'mail.txt': 'Hello,\nThe request failed with HTTP status 401: Unauthorized.\nThat is all\nI have.\n\nThe request failed with HTTP\nstatus 401: Unauthorized.\n' });
  const [finding] = report.findings;
  assert.deepEqual([report.findings.length, finding?.failure.id, finding?.count], [1, 'FB10', 2]);
  assert.deepEqual(finding?.evidence.map(({ line }) => line), [2, 7]);
});

test('certificates: PEM, DER and what AuthConfig names', async () => {
  const clock = { now: () => now - 400 * 86_400_000 };
  const { certificate } = await createSelfSignedCertificate({ commonName: 'Microsoft Exchange Server Auth Certificate', days: 365, clock });
  const { X509Certificate } = await import('node:crypto');
  const parsed = new X509Certificate(certificate);
  const thumbprint = parsed.fingerprint.replaceAll(':', '');
  const config = `CurrentCertificateThumbprint  : ${thumbprint}\nServiceName                   : 00000002-0000-0ff1-ce00-000000000000\n`;
  for (const form of [certificate, parsed.raw]) {
    const report = await examine({ 'auth.cer': form, 'authconfig.txt': config });
    assert.deepEqual(ids(report), ['fb26-certificate-expired']);
    assert.match(report.findings[0]?.proof[0] ?? '', new RegExp(thumbprint));
  }
  const deleted = await examine({ 'authconfig.txt': config, 'certificates.csv': '"Thumbprint","Subject","NotAfter"\n"AAAA000000000000000000000000000000000000","CN=mail","2030-01-01T00:00:00Z"\n' });
  assert.deepEqual(ids(deleted), ['fb17-certificate-deleted']);
});

test('two tenants mixed are told', async () => {
  const mixed = await examine({ 'a.txt': 'TargetSharingEpr: https://x contoso.mail.onmicrosoft.com', 'b.txt': 'fabrikam.onmicrosoft.com' });
  assert.match(mixed.notes.join(' '), /more than one tenant: contoso\.onmicrosoft\.com, fabrikam\.onmicrosoft\.com/);
  const tenantIds = ['11111111-2222-3333-4444-555555555555', '99999999-8888-7777-6666-555555555555'] as const;
  const byId = await examine({ 'a.txt': `Name     : x\nTenantId : ${tenantIds[0]}\nState    : y\n`, 'b.json': `[{"issuer":"https://sts.windows.net/${tenantIds[1]}/"}]` });
  assert.match(byId.notes.join(' '), new RegExp(`more than one tenant: ${tenantIds.join(', ')}`));
  const one = await examine({ 'a.txt': 'contoso.mail.onmicrosoft.com', 'b.txt': 'contoso.onmicrosoft.com' });
  assert.deepEqual(one.notes, []);
});

test('secrets are masked before anything is kept', async () => {
  const secret = 'Tr0ub4dor-and-3-secret';
  const report = await examine({
    'a.har': har([{ url: 'https://mail.contoso.com/EWS/Exchange.asmx', request: { authorization: `Bearer ${jwt({ upn: secret })}`, cookie: `x=${secret}` }, status: 500, body: `<faultstring>The request failed with HTTP status 401: Unauthorized. password=${secret}</faultstring>` }]),
    'b.txt': `The request failed with HTTP status 401: Unauthorized. client_secret=${secret}\nAuthorization: Bearer ${secret}1`,
    'c.jsonl': `{"time":1,"level":50,"msg":"The request failed with HTTP status 401: Unauthorized","password":"${secret}"}\n{"a":1}\n`,
  });
  assert.ok(report.findings.length > 0);
  assert.ok(!JSON.stringify(report).replaceAll(/"claims":\{[^}]*\}/g, '').includes(secret));
});

test('the reference exports of a real organisation raise no alarm', (t) => {
  const folder = new URL('../../../../shared/corpus/exchange-clixml/', import.meta.url);
  let names: string[];
  try {
    names = readFileSync(new URL('../README.md', folder), 'utf8') === '' ? [] : ['exchange-clixml'];
  } catch {
    t.skip('../shared is not there');
    return undefined;
  }
  assert.equal(names.length, 1);
  return import('../../../src/doctor/index.ts').then(async ({ examineEvidence }) => {
    const report = await examineEvidence({ paths: [folder.pathname], now });
    assert.ok(report.files.filter(({ kind }) => kind === 'Clixml').length > 5);
    assert.deepEqual(ids(report), []);
  });
});
