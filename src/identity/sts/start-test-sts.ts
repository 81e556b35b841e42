import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import { SignJWT } from 'jose';
import { request } from 'undici';
import type { AccessLogEntry } from '../../foundation/index.ts';
import { createHttpClient, systemClock, systemDial } from '../../foundation/index.ts';
import { createCertificateAuthority } from '../certificates/create-certificate-authority.ts';
import type { CertificateWithKey } from '../certificates/create-certificate-authority.ts';
import { issueServerCertificate } from '../certificates/issue-server-certificate.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { acsIssuerId, exchangeApplicationId, outlookClientId } from '../well-known.ts';
import { createStsAdminClient } from './create-sts-admin-client.ts';
import { startSts } from './start-sts.ts';
import type { StsOptions } from './start-sts.ts';

export type Body = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Body;
}

export interface AssertionChanges {
  claims?: Body;
  header?: Body;
  key?: CertificateWithKey;
}

export const base = 'https://login.cloud.test';
export const tenant = '11111111-2222-3333-4444-555555555555';
export const acsPath = `/${tenant}/tokens/OAuth/2`;
export const v1Path = `/${tenant}/oauth2/token`;
export const v2Path = `/${tenant}/oauth2/v2.0/token`;
export const acsGrant = 'http://oauth.net/grant_type/jwt/1.0/bearer';
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const outlookResource = `${exchangeApplicationId}/outlook.cloud.test@${tenant}`;

/** For tests: a token service over TLS on loopback, with a tenant, a principal that holds an Auth certificate, and a user. */
export async function startTestSts() {
  /** Moves the service's clock; back to 0 after each test. */
  const time = { offset: 0 };
  const clock = { now: () => Date.now() + time.offset };
  const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-sts-'));
  const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
  const server = await issueServerCertificate(authority, { hosts: ['login.cloud.test', '127.0.0.1'], days: 2, clock: systemClock });
  const listener = { cert: server.certificate, key: server.privateKey };
  const entries: AccessLogEntry[] = [];
  const options: StsOptions = {
    stateDirectory,
    hostName: 'Login.Cloud.test',
    public: listener,
    admin: listener,
    adminKey: 'an-admin-key-of-some-length',
    passwordHashCost: 1024,
    clock,
    passThrough: { httpClient: createHttpClient({ ca: authority.certificate, dial: (_, port, signal) => systemDial('127.0.0.1', port, signal) }), timeoutMs: 3_000 },
    accessLog: {
      write(entry) {
        entries.push(entry);
      },
      close: () => Promise.resolve(),
    },
  };
  const sts = await startSts(options);
  // Every name leads to the service, as a lab's network does it.
  const httpClient = createHttpClient({ ca: authority.certificate, dial: (_, port, signal) => systemDial('127.0.0.1', port === 443 ? sts.ports.public : port, signal) });
  afterEach(() => {
    time.offset = 0;
  });
  after(async () => {
    await sts.close(0);
    await httpClient.close();
    await options.passThrough?.httpClient?.destroy();
    rmSync(stateDirectory, { recursive: true });
  });

  const admin = createStsAdminClient({ url: sts.urls.admin, httpClient, key: options.adminKey });
  await admin.createTenant({ id: tenant, displayName: 'Contoso', domains: ['contoso.mail.onmicrosoft.test', 'Contoso.test'] });
  await admin.createServicePrincipal(tenant, {
    appId: exchangeApplicationId,
    displayName: 'Office 365 Exchange Online',
    servicePrincipalNames: [`${exchangeApplicationId}/outlook.cloud.test`, 'https://mail.contoso.test/', `${exchangeApplicationId}/*.relay.test`],
  });
  const authCertificate = await sharedCertificate('auth');
  await admin.addKeyCredential(tenant, exchangeApplicationId, { value: authCertificate.certificate });
  await admin.createUser(tenant, {
    userPrincipalName: 'Anna@contoso.test',
    displayName: 'Anna',
    mail: 'anna@contoso.test',
    onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-1104',
    password: 'correct horse',
  });

  const post = async (path: string, form: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Answer> => {
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const answer = await request(`${base}${path}`, { dispatcher: httpClient, method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
    return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Body };
  };
  const get = async (path: string): Promise<Answer> => {
    const answer = await request(`${base}${path}`, { dispatcher: httpClient });
    return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Body };
  };
  const assertion = ({ claims = {}, header = {}, key = authCertificate }: AssertionChanges = {}): Promise<string> => {
    const now = Math.floor(clock.now() / 1000);
    const issuer = `${exchangeApplicationId}@${tenant}`;
    return new SignJWT({ aud: `${acsIssuerId}/login.cloud.test@${tenant}`, iss: issuer, nbf: now - 10, exp: now + 600, jti: randomUUID(), ...claims })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(key.certificate).x5t, ...header })
      .sign(createPrivateKey(key.privateKey));
  };
  const askAcs = async (changes: AssertionChanges = {}, form: Record<string, string> = {}): Promise<Answer> =>
    post(acsPath, { grant_type: acsGrant, assertion: await assertion(changes), resource: outlookResource, ...form });
  const signIn = (form: Record<string, string> = {}, path = v1Path): Promise<Answer> =>
    post(path, { grant_type: 'password', client_id: outlookClientId, resource: 'https://mail.contoso.test', username: 'anna@contoso.test', password: 'correct horse', ...form });

  return { time, clock, listener, stateDirectory, entries, options, sts, httpClient, admin, authCertificate, post, get, assertion, askAcs, signIn };
}

/** Asserts a refusal in Azure AD's form. */
export function refused(answer: Answer, status: number, error: string, codes: number[], text?: RegExp): void {
  assert.deepEqual({ status: answer.status, error: answer.body['error'], codes: answer.body['error_codes'] }, { status, error, codes });
  const description = String(answer.body['error_description']);
  const lines = [`AADSTS${codes[0]}: .+`, 'Trace ID: [0-9a-f-]{36}', 'Correlation ID: \\S+', 'Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ'];
  assert.match(description, new RegExp(`^${lines.join('\\r\\n')}$`, 's'));
  if (text !== undefined) assert.match(description, text);
}
