import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createRequestId, errorCode, errorText, HybridgeError, requestIdHeader } from '../foundation/index.ts';
import type { Clock } from '../foundation/index.ts';
import type { OAuthTest, OAuthTestResult } from '../management/index.ts';
import type { ServerToServerTokens } from './server-to-server-tokens.ts';

export interface OAuthConnectivityOptions {
  tokens: ServerToServerTokens;
  httpClient: Dispatcher;
  clock: Clock;
  /** Goes by the configuration as it is now. */
  reload: () => void;
}

const soap = (body: string): string => `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">${body}</s:Envelope>`;

/** Questions without consequences: what matters is that the token is taken. */
const questions: Record<OAuthTest['service'], { method: 'POST' | 'GET'; body?: string }> = {
  EWS: { method: 'POST', body: soap('<s:Body><m:GetServerTimeZones ReturnFullTimeZoneData="false"><m:Ids/></m:GetServerTimeZones></s:Body>') },
  AutoD: { method: 'POST', body: soap('<s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users/><a:RequestedSettings/></a:Request></a:GetUserSettingsRequestMessage></s:Body>') },
  Generic: { method: 'GET' },
};

/**
 * Does what Test-OAuthConnectivity promises: asks the target for its challenge, gets a token, calls with it. The lines of
 * the log follow the published ones. Taken is every answer that is not a 401 or 403 and no fault about the application:
 * that a question is refused on its own merits says nothing against the token.
 */
export function createOAuthConnectivity(options: OAuthConnectivityOptions): (test: OAuthTest) => Promise<OAuthTestResult> {
  const { tokens, httpClient, clock } = options;
  const ask = async (url: string, test: OAuthTest, authorization: string, requestId: string): Promise<{ status: number; headers: Dispatcher.ResponseData['headers']; text: string }> => {
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
  };
  const headerOf = (headers: Dispatcher.ResponseData['headers'], name: string): string => [headers[name] ?? ''].flat().join(', ');

  return async (test) => {
    const url = targetOf(test);
    const requestId = createRequestId();
    const detail = [`The configuration was last successfully loaded at ${new Date(clock.now()).toISOString()} UTC.`];
    if (test.reloadConfig) options.reload();
    if (!test.useCachedToken) {
      detail.push('The token cache is being cleared because "use cached token" was set to false.');
      tokens.forget();
    }
    detail.push('Exchange Outbound Oauth Log:', `Client request ID: ${requestId}`, 'Information:[OAuthCredentials:Authenticate] entering');
    try {
      const challenged = await ask(url, test, 'Bearer', requestId);
      detail.push(`Information:[OAuthCredentials:Authenticate] challenge from '${url}' received: ${headerOf(challenged.headers, 'www-authenticate')}`);
      detail.push('Information:[OAuthTokenBuilder:GetAppToken] start building the apptoken');
      const { token, applicationId, tenantId, authServer } = await tokens.actorFor(url, test.recipient?.primarySmtpAddress, requestId);
      detail.push(`Information:[OAuthTokenBuilder:GetAppToken] token of application '${applicationId}' for tenant '${tenantId}' from '${authServer}'`);
      const authorization = test.recipient === undefined ? `Bearer ${token}` : await tokens.authorizationFor(url, { recipient: test.recipient, origin: 'local' }, requestId);
      detail.push('Information:[OAuthCredentials:Authenticate] send request with the bearer token');
      const { status, headers, text } = await ask(url, test, authorization, requestId);
      const diagnostics = headerOf(headers, 'x-ms-diagnostics');
      const isTaken = status !== 401 && status !== 403 && status < 600 && status !== 404 && !/missing a linked account/.test(text) && (status < 500 || text.includes('Fault'));
      detail.push('Exchange Response Details:', `HTTP response message: ${status}`, `request-id: ${headerOf(headers, 'request-id')}`);
      if (diagnostics !== '') detail.push(`diagnostics: ${diagnostics}`);
      if (!isTaken) detail.push('Exception:', `System.Net.WebException: The remote server returned an error: (${status}).`, ...faultText(text));
      return { isSuccess: isTaken, detail };
    } catch (error) {
      return { isSuccess: false, detail: [...detail, 'Exchange Response Details:', 'HTTP response message: ', 'Exception:', exceptionText(error)] };
    }
  };
}

/** The published instructions name the metadata document of a host and mean its EWS. */
function targetOf({ service, targetUri }: OAuthTest): string {
  return service === 'EWS' ? targetUri.replace(/\/metadata\/json\/1\/?$/i, '/ews/exchange.asmx') : targetUri;
}

function faultText(text: string): string[] {
  const [, fault] = /<faultstring[^>]*>([^<]{1,500})</.exec(text) ?? [];
  return fault === undefined ? [] : [`System.Web.Services.Protocols.SoapException: ${fault}`];
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
