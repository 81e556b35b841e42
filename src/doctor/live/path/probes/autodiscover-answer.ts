import { errorText } from '../../../../foundation/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import { firstAnswer } from '../../first-answer.ts';
import type { PathProbe } from '../path-case.ts';

/** SOAP Autodiscover of the same host, as a stranger sees it. */
export const autodiscoverAnswer: PathProbe = {
  id: 'autodiscover',
  title: 'Autodiscover answers',
  async run({ httpClient: verified, clock }, { url, unreachable, beyond }) {
    const httpClient = beyond ?? verified;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const address = new URL('/autodiscover/autodiscover.svc', url);
    try {
      const { status, refusal, isExchange, server } = await firstAnswer({ httpClient, clock }, address);
      if (status === 401 || status === 200) return pass(`${address.href} answers ${status}`);
      const proof = `GET ${address.href} answers ${status}${refusal === '' ? '' : ` (${refusal})`}${isExchange ? '' : `; nothing in the answer is Exchange’s (no X-FEServer)${server === '' ? '' : `, it is that of ${server}`}`}, while ${url.pathname} reaches Exchange.`;
      const seen = (cause: string, more = ''): ReturnType<typeof fail> => fail(`it answers ${status}`, { cause, proof: `${proof}${more}`, repair: [], undo: [] });
      if (status === 503) return seen('m35-pool-stopped');
      if (status === 404) return seen('fb5-handler-mapping');
      if (status !== 403 || isExchange) return { status: 'fail', detail: `it answers ${status}`, findings: [] };
      // Rules of a device are for paths, IIS filters by extensions: MRSProxy has the same one elsewhere.
      const proxy = await firstAnswer({ httpClient, clock }, new URL('/EWS/mrsproxy.svc', url));
      return proxy.status === 403 && !proxy.isExchange ? seen('a1-request-filtering', ' /EWS/mrsproxy.svc is refused in the same way: it is the extension that is not allowed.') : seen('fb13-path-rule');
    } catch (error) {
      return skipped(`it could not be asked: ${errorText(error)}`);
    }
  },
};
