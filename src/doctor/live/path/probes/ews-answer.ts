import { request } from 'undici';
import { fail, pass, skipped } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';
import { recognizeFailures } from '../../../recognition/recognize-failures.ts';

const timeoutMs = 30_000;
const body = '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header><s:Body><m:GetServerTimeZones ReturnFullTimeZoneData="false"/></s:Body></s:Envelope>';

/** One harmless EWS request with the credentials that were given. */
export const ewsAnswer: PathProbe = {
  id: 'ews',
  title: 'EWS answers the credentials given',
  async run({ httpClient, authorization }, { url, unreachable, beyond }) {
    if (authorization === undefined) return skipped('no credentials or token were given');
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    if (beyond !== undefined) return skipped('credentials are for whom TLS and certificate prove only');
    const response = await request(url, { dispatcher: httpClient, method: 'POST', reset: true, headers: { authorization, 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Hybridge doctor' }, body, signal: AbortSignal.timeout(timeoutMs) });
    const diagnostics = String(response.headers['x-ms-diagnostics'] ?? '');
    response.body.on('error', () => undefined);
    response.body.destroy();
    if (response.statusCode === 200) return pass('200');
    const [recognized] = recognizeFailures(diagnostics === '' ? `The request failed with HTTP status ${response.statusCode}: Unauthorized` : `x-ms-diagnostics: ${diagnostics}`);
    const [cause] = recognized?.causes ?? [];
    const detail = `it answers ${response.statusCode}${diagnostics === '' ? '' : `: ${diagnostics}`}`;
    // A bare 401 tells only that these credentials are not taken.
    if (cause === undefined || diagnostics === '') return { status: 'fail', detail, findings: [] };
    return fail(detail, { cause: cause.id, proof: `POST ${url.href} with the credentials given answers ${response.statusCode}, x-ms-diagnostics: ${diagnostics}.`, repair: [], undo: [] });
  },
};
