import type { FileSink } from '../evidence-collector.ts';
import { decodeTokens, describeToken } from './read-tokens.ts';

/** One request with its answer, as a trace has it. */
export interface HttpExchange {
  line: number;
  at?: number;
  method: string;
  url: URL;
  /** Names in lower case; several of one name are joined by line breaks. */
  requestHeaders: ReadonlyMap<string, string>;
  requestBody: string;
  /** 0: no answer came. */
  status: number;
  responseHeaders: ReadonlyMap<string, string>;
  responseBody: string;
}

export interface ExchangeJudge {
  judge(exchange: HttpExchange): void;
  end(): void;
}

const isExchangePath = (path: string): boolean => /^\/(?:ews|autodiscover|mapi|oab|owa|microsoft-server-activesync|rpc)\b/i.test(path);
const isTokenPath = (path: string): boolean => /\/oauth2\/|\/tokens\/OAuth|extSTS\.srf/i.test(path);
const readBody = 8192;

/** What a client's trace says: sign-in, tokens, refusals, answers of devices. */
export function createExchangeJudge(sink: FileSink): ExchangeJudge {
  // By host: whether modern sign-in was offered, and whether the client ever took it up.
  const hosts = new Map<string, { offered?: HttpExchange; hasBearer: boolean; isOutlook: boolean }>();
  const textOf = ({ method, url, status }: HttpExchange): string => `${method} ${url.origin}${url.pathname} → ${status === 0 ? 'no answer' : status}`;
  const judge = (exchange: HttpExchange): void => {
    const { at, line, url, status, requestHeaders, responseHeaders, responseBody } = exchange;
    const path = url.pathname;
    const isExchange = isExchangePath(path);
    const occurrence = { line, text: textOf(exchange), ...(at === undefined ? {} : { at }) };
    if (at !== undefined) sink.span(at);
    if (!isExchange && !isTokenPath(path)) return;
    const userAgent = requestHeaders.get('user-agent') ?? '';
    const authorization = requestHeaders.get('authorization') ?? '';
    const diagnostics = responseHeaders.get('x-ms-diagnostics') ?? '';
    const told = diagnostics === '' ? occurrence : { ...occurrence, text: `${occurrence.text}, x-ms-diagnostics: ${diagnostics}` };
    if (status === 0 || status >= 400 || isTokenPath(path)) sink.see(told, `${told.text} ${line}`);
    for (const token of decodeTokens(authorization)) {
      sink.token({ ...token, sentTo: url, ...(at === undefined ? {} : { sentAt: at }) }, { ...occurrence, text: `${occurrence.text}, ${describeToken(token)}` });
      if (typeof token.claims['tid'] === 'string') sink.tenant(token.claims['tid'], line);
    }
    // One answer says a failure once, and a bare 401 of one of its parts is what another part says better.
    const said = new Set<string>();
    let isTold = diagnostics !== '' && sink.recognize({ ...told, text: `x-ms-diagnostics: ${diagnostics}` }, said);
    if (status >= 400 && responseBody !== '') isTold = sink.recognize({ ...told, text: responseBody.slice(0, readBody) }, said, isTold) || isTold;
    if (isTokenPath(path)) return;
    for (const [, message = ''] of responseBody.matchAll(/<(?:\w+:)?(?:MessageText|ErrorMessage|faultstring|Text)(?:\s[^<>]{0,500})?>([^<]{8,4000})</g)) sink.recognize({ ...occurrence, text: message }, said, isTold);
    sink.request({ at, path, userAgent, status }, told);
    if (exchange.method === 'POST' && status === 200 && /text\/html/i.test(responseHeaders.get('content-type') ?? '') && /\.(?:asmx|svc)\b/i.test(path)) {
      sink.sign({ failure: 'FB27', cause: 'fb27-device-page', proof: `${url.host} answers a SOAP request with a page of HTML.` }, told);
    }
    if (/^\/ews\b/i.test(path) && status >= 300 && status < 400 && status !== 304) sink.sign({ failure: 'FB31', cause: 'fb31-device-redirect', proof: `${url.host} redirects ${path} to ${responseHeaders.get('location') ?? 'elsewhere'}.` }, told);
    judgeChallenge(exchange, { authorization, userAgent, told });
  };
  const judgeChallenge = (exchange: HttpExchange, { authorization, userAgent, told }: { authorization: string; userAgent: string; told: { line: number; text: string; at?: number } }): void => {
    const { url, status, responseHeaders } = exchange;
    const host = hosts.get(url.host) ?? { hasBearer: false, isOutlook: false };
    hosts.set(url.host, host);
    if (/^Bearer\b/i.test(authorization)) host.hasBearer = true;
    if (/Outlook|Microsoft Office/i.test(userAgent)) host.isOutlook = true;
    if (status !== 401) return;
    const challenges = (responseHeaders.get('www-authenticate') ?? '').split('\n').flatMap((line) => line.match(/(?:^|,\s*)(?:Bearer|Negotiate|NTLM|Basic)\b[^\n]*/gi) ?? []);
    const bearer = challenges.find((each) => /^\W*Bearer/i.test(each));
    if (bearer !== undefined && /authorization_uri="?https/i.test(bearer)) host.offered ??= exchange;
    if (!/^Bearer\b/i.test(authorization)) return;
    if (bearer === undefined) sink.sign({ failure: 'H2', cause: 'h2-oauth-off', proof: `The client offers Bearer to ${url.host}${url.pathname}, and the challenge has no Bearer: ${challenges.join('; ') || 'none'}.` }, told);
    else if (!/authorization_uri="?https/i.test(bearer)) sink.sign({ failure: 'H2', cause: 'h2-no-default', proof: `The challenge of ${url.host} has no authorization_uri.` }, told);
  };
  return {
    judge,
    end() {
      for (const [name, { offered, hasBearer, isOutlook }] of hosts) {
        if (offered === undefined || hasBearer || !isOutlook) continue;
        sink.sign({ failure: 'H1', cause: 'h1-switched-off', proof: `${name} offers modern authentication, and Outlook never sends Authorization: Bearer in this trace.` }, { line: offered.line, text: textOf(offered), ...(offered.at === undefined ? {} : { at: offered.at }) });
      }
    },
  };
}
