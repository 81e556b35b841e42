import { fail, pass, skipped } from '../../probe.ts';
import { firstAnswer } from '../../first-answer.ts';
import type { PathProbe } from '../path-case.ts';

/** Devices that let EWS through may still filter `.svc`. */
export const mrsProxyAnswer: PathProbe = {
  id: 'mrs-proxy-answer',
  title: 'mrsproxy.svc reaches Exchange',
  async run({ httpClient: verified, clock }, { url: published, unreachable, beyond }) {
    const httpClient = beyond ?? verified;
    if (published === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const url = new URL('/EWS/mrsproxy.svc', published);
    const { status, isExchange, server } = await firstAnswer({ httpClient, clock }, url);
    if (isExchange || (status !== 403 && status !== 404)) return pass(`${status}`);
    return fail(`${status}, and not of Exchange`, { cause: 'a1-request-filtering', proof: `GET ${url.href} answers ${status}, and ${server === '' ? 'nothing in the answer is' : `it is ${server}, not`} Exchange’s (no X-FEServer).`, repair: [], undo: [] });
  },
};
