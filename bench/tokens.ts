// Tokens: what a validation costs beside the RSA check that is in it, how many tokens the service issues beside the RSA
// signatures that are in them, and what a token adds to an EWS request. Ratios within a run count.
import { createPrivateKey, randomUUID, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { request } from 'undici';
import { createHttpClient, systemClock, systemDial } from '../src/foundation/index.ts';
import { certificateBase64, createAuthCertificate, createCertificateAuthority, createStsAdminClient, createTokenValidator, exchangeApplicationId, issueServerCertificate, readCertificate, startSts } from '../src/identity/index.ts';
import type { CertificateWithKey, ValidateOptions } from '../src/identity/index.ts';
import { openOrganization } from '../src/organization/index.ts';
import { initializeOrganization, startPremises } from '../src/premises/index.ts';
import { differenceInterval, measurePair, milliseconds, ratio } from './figures.ts';

const tenantId = '11111111-2222-3333-4444-555555555555';
const host = 'mail.bench.test';
const issuer = `https://sts.bench.test/${tenantId}/`;
const target: ValidateOptions = { host, scheme: 'https' };
const userName = 'anna@bench.test';

const key = await createAuthCertificate({ clock: systemClock });
const privateKey = createPrivateKey(key.privateKey);
const { publicKey } = new X509Certificate(key.certificate);
const { x5t } = readCertificate(key.certificate);
const authServer = { name: 'EvoSts', type: 'AzureAD', issuerIdentifier: issuer, realm: tenantId, enabled: true, isDefaultAuthorizationEndpoint: true, certificates: [key.certificate] } as const;

/** A person's token as the service writes it; each its own. */
function userToken(): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: `https://${host}`, iss: issuer, iat: now, nbf: now - 60, exp: now + 3600, acr: '1', amr: ['pwd'], appid: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', appidacr: '0', name: 'Anna Berger', oid: randomUUID(), sub: 'x'.repeat(43), scp: 'user_impersonation', tid: tenantId, unique_name: userName, upn: userName, uti: randomUUID(), ver: '1.0' };
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t, kid: x5t }).sign(privateKey);
}

const at = (list: readonly string[], turn: number): string => list[turn % list.length] ?? '';

/**
 * Batches of `size` in turn, so that the two see the same machine; calls per second of processor time, median of the
 * rounds. Processor time, because other work on the machine stretches the clock's; `quiet` compares each side's best
 * round, which other work disturbed least.
 */
async function rates(one: (turn: number) => unknown, other: (turn: number) => unknown, { rounds, size }: { rounds: number; size: number }): Promise<{ one: number; other: number; ratio: number; spread: string; quiet: number }> {
  const shares: { one: number; other: number; ratio: number }[] = [];
  const timed = async (work: (turn: number) => unknown, round: number): Promise<number> => {
    const began = process.cpuUsage();
    for (let turn = 0; turn < size; turn++) {
      const result = work(round * size + turn);
      if (result instanceof Promise) await result;
    }
    const { user, system } = process.cpuUsage(began);
    return (size / (user + system)) * 1e6;
  };
  for (let round = -3; round < rounds; round++) {
    const first = await timed(one, Math.abs(round));
    const second = await timed(other, Math.abs(round));
    if (round >= 0) shares.push({ one: first, other: second, ratio: first / second });
  }
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const ratios = shares.map((share) => share.ratio).toSorted((a, b) => a - b);
  return { one: median(shares.map((share) => share.one)), other: median(shares.map((share) => share.other)), ratio: median(ratios), spread: `${ratio(ratios[0] ?? Number.NaN)}–${ratio(ratios.at(-1) ?? Number.NaN)}`, quiet: Math.max(...shares.map((share) => share.one)) / Math.max(...shares.map((share) => share.other)) };
}

async function benchValidation(): Promise<void> {
  const tokens = await Promise.all(Array.from({ length: 500 }, userToken));
  const raw = tokens.map((token) => ({ signed: Buffer.from(token.slice(0, token.lastIndexOf('.'))), signature: Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url') }));
  const options = { authServers: [authServer], partnerApplications: [], resolveUser: async () => ['Anna'] };
  // At most 400 signatures remembered, among 500 tokens in turn: every validation checks its signature.
  const cold = createTokenValidator<string>({ ...options, cacheCapacity: 400 });
  const warm = createTokenValidator<string>(options);
  const rawVerify = (turn: number): boolean => {
    const { signed, signature } = raw[turn % raw.length] ?? { signed: Buffer.alloc(0), signature: Buffer.alloc(0) };
    return verify('sha256', signed, publicKey, signature);
  };
  if (!rawVerify(0)) throw new Error('the raw check must succeed to be a measure');
  console.log('Validation of a person’s token (RS256, 2048 bits), beside node:crypto’s verify of the same signatures by the same key');
  const everyTime = await rates((turn) => cold.validate(at(tokens, turn), target), rawVerify, { rounds: 150, size: 500 });
  console.log(`  signature checked     ${everyTime.one.toFixed(0)}/s   raw ${everyTime.other.toFixed(0)}/s   ${ratio(everyTime.ratio)} [${everyTime.spread}], best rounds ${ratio(everyTime.quiet)}   target ≥ 0.80×`);
  const remembered = await rates((turn) => warm.validate(at(tokens, turn), target), rawVerify, { rounds: 150, size: 500 });
  console.log(`  signature remembered  ${remembered.one.toFixed(0)}/s   raw ${remembered.other.toFixed(0)}/s   ${ratio(remembered.ratio)} [${remembered.spread}], best rounds ${ratio(remembered.quiet)}`);
}

interface Certificates {
  ca: string;
  listener: { cert: string; key: string };
}

async function certificates(): Promise<Certificates> {
  const authority = await createCertificateAuthority({ commonName: 'Bench', clock: systemClock });
  const server = await issueServerCertificate(authority, { hosts: [host, 'sts.bench.test', '127.0.0.1'], days: 2, clock: systemClock });
  return { ca: authority.certificate, listener: { cert: server.certificate, key: server.privateKey } };
}

async function benchIssuing({ ca, listener }: Certificates): Promise<void> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-bench-sts-'));
  const adminKey = randomUUID();
  const sts = await startSts({ stateDirectory, hostName: 'sts.bench.test', public: listener, admin: listener, adminKey, clock: systemClock });
  const httpClient = createHttpClient({ dial: (_, port, signal) => systemDial('127.0.0.1', port === 443 ? sts.ports.public : port, signal), ca });
  try {
    const admin = createStsAdminClient({ url: sts.urls.admin, httpClient, key: adminKey });
    await admin.createTenant({ id: tenantId, displayName: 'Bench', domains: ['bench.test'] });
    await admin.createServicePrincipal(tenantId, { appId: exchangeApplicationId, displayName: 'Exchange', servicePrincipalNames: [`${exchangeApplicationId}/${host}`, `https://${host}`] });
    const auth = await createAuthCertificate({ clock: systemClock });
    await admin.addKeyCredential(tenantId, exchangeApplicationId, { value: auth.certificate });
    const text = await assertion(auth);
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: exchangeApplicationId, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text, resource: `https://${host}` }).toString();
    const ask = async (): Promise<void> => {
      const answer = await request(`https://sts.bench.test/${tenantId}/oauth2/token`, { dispatcher: httpClient, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form });
      const body = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`no token: ${body}`);
    };
    const sample = Buffer.alloc(700, 'x');
    console.log('Tokens issued (client credentials by certificate; TLS, eight requests at a time, load and service in one process), beside RSA signatures of 700 bytes');
    const issued = await rates(() => Promise.all(Array.from({ length: 8 }, ask)), () => Array.from({ length: 8 }, () => sign('sha256', sample, privateKey)), { rounds: 8, size: 40 });
    console.log(`  ${(issued.one * 8).toFixed(0)} tokens/s   raw ${(issued.other * 8).toFixed(0)} signatures/s   ${ratio(issued.ratio)} [${issued.spread}]`);
  } finally {
    await sts.close(0);
    await httpClient.close();
    rmSync(stateDirectory, { recursive: true });
  }
}

function assertion(auth: CertificateWithKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: `https://sts.bench.test/${tenantId}/oauth2/token`, iss: exchangeApplicationId, sub: exchangeApplicationId, nbf: now - 10, exp: now + 3600, jti: randomUUID() };
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(auth.certificate).x5t }).sign(createPrivateKey(auth.privateKey));
}

async function benchRequest({ ca, listener }: Certificates): Promise<void> {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  await initializeOrganization({ organization, displayName: 'Bench', server: { name: 'EX1', fqdn: host, version: 'Version 15.2 (Build 2562.41)' }, acceptedDomains: ['bench.test'], administrator: { userPrincipalName: 'admin@bench.test', password: randomUUID() }, clock: systemClock });
  const { guid } = await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'Anna', userPrincipalName: userName, primarySmtpAddress: userName, timeZone: 'UTC' });
  const password = randomUUID();
  await organization.directory.setPassword(guid, password);
  await organization.configuration.create('AuthServer', 'EvoSts', { Type: 'AzureAD', IssuerIdentifier: issuer, Realm: tenantId, IsDefaultAuthorizationEndpoint: true, AuthorizationEndpoint: 'https://sts.bench.test/common/oauth2/authorize', CertificateStrings: [certificateBase64(key.certificate)] });
  const premises = await startPremises({ organization, side: 'OnPremises', tenantId, public: listener, admin: listener, dial: systemDial, metadataRefreshMs: 0 });
  const httpClient = createHttpClient({ dial: (_, __, signal) => systemDial('127.0.0.1', premises.ports.public, signal), ca });
  try {
    const day = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000).toISOString().slice(0, 10);
    const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body><m:GetUserAvailabilityRequest><t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone><m:MailboxDataArray><t:MailboxData><t:Email><t:Address>${userName}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData></m:MailboxDataArray><t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>${day}T00:00:00</t:StartTime><t:EndTime>${day}T23:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusy</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest></s:Body></s:Envelope>`;
    const ask = async (authorization: string): Promise<void> => {
      const answer = await request(`https://${host}/EWS/Exchange.asmx`, { dispatcher: httpClient, method: 'POST', headers: { authorization, 'content-type': 'text/xml; charset=utf-8' }, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200 || !text.includes('NoError')) throw new Error(`not answered: ${answer.statusCode}`);
    };
    const rounds = 3000;
    const tokens = await Promise.all(Array.from({ length: rounds + rounds / 10 + 1 }, userToken));
    const basic = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
    let next = 0;
    const repeated = `Bearer ${tokens[0] ?? ''}`;
    console.log('An EWS request (one mailbox, one day, over TLS) with a token, beside the same with remembered Basic credentials, one at a time, A B B A, 3,000 of each; added: difference [95 % of 1,000 resamplings]');
    for (const [name, authorization] of [['a new token each time', () => `Bearer ${at(tokens, ++next)}`], ['the same token', () => repeated]] as const) {
      const { one, other, times } = await measurePair(() => ask(authorization()), () => ask(basic), rounds);
      const added = ([0.5, 0.99] as const).map((share) => {
        const [from, to] = differenceInterval(times, share);
        return `p${share * 100} ${milliseconds(share === 0.5 ? one.p50 - other.p50 : one.p99 - other.p99)} [${milliseconds(from)} – ${milliseconds(to)}]`;
      });
      console.log(`  ${name.padEnd(22)} p50 ${milliseconds(one.p50)}   p99 ${milliseconds(one.p99)}   Basic p50 ${milliseconds(other.p50)}   p99 ${milliseconds(other.p99)}   added ${added.join('   ')}`);
    }
  } finally {
    await premises.close(0);
    await httpClient.close();
    await organization.close();
  }
}

await benchValidation();
const made = await certificates();
await benchIssuing(made);
await benchRequest(made);
