import { STATUS_CODES } from 'node:http';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createRequestId, errorCode, errorText, HybridgeError, requestIdHeader } from '../foundation/index.ts';
import type { Clock } from '../foundation/index.ts';
import { actorTokenAudience } from '../identity/index.ts';
import type { OAuthTest, OAuthTestResult } from '../management/index.ts';
import { smtpDomainOf } from '../organization/index.ts';
import type { Organization } from '../organization/index.ts';
import type { BearerChallenge } from './outbound-oauth-log.ts';
import { isTrustedIssuer, outboundLines, readBearerChallenge, trustLine } from './outbound-oauth-log.ts';
import type { ServerToServerTokens } from './server-to-server-tokens.ts';

export interface OAuthConnectivityOptions {
  organization: Organization;
  tokens: ServerToServerTokens;
  httpClient: Dispatcher;
  clock: Clock;
  /** Goes by the configuration as it is now. */
  reload: () => void;
}

const soap = (body: string): string => `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">${body}</s:Envelope>`;

/** Questions without consequences: what matters is that the token is taken. */
const questions: Record<OAuthTest['service'], { method: 'POST' | 'GET'; body?: string }> = {
  EWS: { method: 'POST', body: soap('<s:Header><t:RequestServerVersion xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" Version="Exchange2013"/></s:Header><s:Body><m:GetServerTimeZones ReturnFullTimeZoneData="false"><m:Ids/></m:GetServerTimeZones></s:Body>') },
  AutoD: { method: 'POST', body: soap('<s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users/><a:RequestedSettings/></a:Request></a:GetUserSettingsRequestMessage></s:Body>') },
  Generic: { method: 'GET' },
};

interface Answer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  text: string;
}

/**
 * Does what Test-OAuthConnectivity promises: asks the target for its challenge, gets a token from an authorization server
 * that the target trusts, calls with it. The lines follow captured output of the real cmdlet; its stack traces are left
 * out. Taken is every answer that is not a 401, 403 or 404 and no fault about the application: that a question is refused
 * on its own merits says nothing against the token.
 */
export function createOAuthConnectivity(options: OAuthConnectivityOptions): (test: OAuthTest) => Promise<OAuthTestResult> {
  const { tokens, clock } = options;
  return async (test) => {
    const url = targetOf(test);
    const requestId = createRequestId();
    if (test.reloadConfig) options.reload();
    const detail = [`The configuration was last successfully loaded at ${windowsTime(clock.now())} UTC. This was 0 minutes ago.`];
    // The words for a kept token are *unverified*: captures show the other case only.
    if (test.useCachedToken) detail.push('The token cache is not being cleared because "use cached token" was set to true.');
    else {
      detail.push('The token cache is being cleared because "use cached token" was set to false.');
      tokens.forget();
    }
    detail.push('Exchange Outbound Oauth Log:', `Client request ID: ${requestId}`);
    const failed = (exception: readonly string[], status = ''): OAuthTestResult => ({ isSuccess: false, detail: [...detail, '', 'Exchange Response Details:', `HTTP response message: ${status}`, 'Exception:', ...exception] });
    try {
      const asked = await ask(options, url, test, 'Bearer', requestId);
      const fields = fieldOf(asked, 'www-authenticate');
      const challenge = asked.status === 401 ? readBearerChallenge(fields) : undefined;
      if (asked.status === 401) detail.push(outboundLines.entering, outboundLines.challenge(url, fields));
      const answer = challenge === undefined ? asked : await askWithToken(options, { url, test, requestId, challenge, detail });
      if (typeof answer === 'string') return failed([`Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: ${answer}`]);
      if (!isTaken(answer)) return failed(refusalLines(answer), `${answer.status}`);
      return { isSuccess: true, detail: [...detail, '', 'Exchange Response Details:', `HTTP response message: ${answer.status}`, `request-id: ${fieldOf(answer, 'request-id')}`] };
    } catch (error) {
      return failed([exceptionText(error)]);
    }
  };
}

/** The answer to a request with a token; a text where no token can be had that the target would believe. */
async function askWithToken(options: OAuthConnectivityOptions, call: { url: string; test: OAuthTest; requestId: string; challenge: BearerChallenge; detail: string[] }): Promise<Answer | string> {
  const { tokens, organization } = options;
  const { url, test, requestId, challenge, detail } = call;
  const smtp = test.recipient?.primarySmtpAddress;
  detail.push(...outboundLines.building(challenge));
  const issuers = challenge.trustedIssuers;
  const servers = (await organization.configuration.list('AuthServer')).filter(({ properties }) => properties.Enabled && properties.Type === 'MicrosoftACS');
  if (issuers !== undefined) {
    detail.push(...servers.map((server) => trustLine(server, issuers)));
    if (!servers.some((server) => isTrustedIssuer(server, issuers))) {
      const none = `The trusted issuers contained the following entries '${issuers.join(',')}'. None of them are configured locally.`;
      detail.push(`Error:[OAuthTokenBuilder:GetAppToken] unable to continue building token; no locally configured issuer was in the trusted_issuer list, realm from challenge was also empty. trust_issuers was ${issuers.join(',')}`, `Error:${none}`);
      return none;
    }
  }
  const { token, tenantId, authServer } = await tokens.actorFor(url, smtp, requestId);
  const resource = actorTokenAudience({ host: new URL(url).hostname, tenantId });
  detail.push(outboundLines.tenant(tenantId), outboundLines.asking(authServer, resource, tenantId, smtp === undefined ? '' : smtpDomainOf(smtp)));
  const authorization = test.recipient === undefined ? `Bearer ${token}` : await tokens.authorizationFor(url, { recipient: test.recipient, origin: 'local' }, requestId);
  detail.push(outboundLines.sending(url, authorization.slice('Bearer '.length)));
  return ask(options, url, test, authorization, requestId);
}

async function ask({ httpClient }: OAuthConnectivityOptions, url: string, test: OAuthTest, authorization: string, requestId: string): Promise<Answer> {
  const { method, body } = questions[test.service];
  const response = await request(url, {
    dispatcher: httpClient,
    method,
    headers: { authorization, 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Exchange/Test-OAuthConnectivity', [requestIdHeader]: requestId },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(30_000),
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 262_144) break;
    chunks.push(chunk);
  }
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
}

function isTaken({ status, text }: Answer): boolean {
  return status !== 401 && status !== 403 && status !== 404 && !/missing a linked account/.test(text) && (status < 500 || text.includes('Fault'));
}

function refusalLines(answer: Answer): string[] {
  const diagnostics = fieldOf(answer, 'x-ms-diagnostics');
  return [`System.Net.WebException: The remote server returned an error: (${answer.status}) ${STATUS_CODES[answer.status] ?? 'Unknown'}.`, ...faultText(answer.text), ...(diagnostics === '' ? [] : [`diagnostics: ${diagnostics}`])];
}

function fieldOf({ headers }: Answer, name: string): string {
  return [headers[name] ?? ''].flat().join(', ');
}

/** The published instructions name the metadata document of a host and mean its EWS. */
function targetOf({ service, targetUri }: OAuthTest): string {
  return service === 'EWS' ? targetUri.replace(/\/metadata\/json\/1\/?$/i, '/ews/exchange.asmx') : targetUri;
}

function faultText(text: string): string[] {
  const [, fault] = /<faultstring[^>]*>([^<]{1,500})</.exec(text) ?? [];
  return fault === undefined ? [] : [`System.Web.Services.Protocols.SoapException: ${fault}`];
}

/** `11/21/2026 9:05:00 AM`, as an English Windows writes it. */
function windowsTime(at: number): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(at).replace(',', '').replaceAll('\u202f', ' ');
}

/** In the published words where there are some (free/busy error table, rows 17 and 26). */
function exceptionText(error: unknown): string {
  const code = errorCode(error);
  const type = 'Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException';
  if (code === 'IDENTITY_SIGNING_CERTIFICATE_MISSING') return `${type}: Missing signing certificate.`;
  if (error instanceof HybridgeError && code === 'IDENTITY_TOKEN_REQUEST_REFUSED') {
    return `Error:Unable to get token from Auth Server. Error code: '${String(error.facts['error'])}'. Description: '${String(error.facts['description'])}'.`;
  }
  return error instanceof HybridgeError ? `${type}: ${errorText(error)} (${error.code})` : `System.Net.WebException: Unable to connect to the remote server (${code ?? 'no answer'})`;
}
