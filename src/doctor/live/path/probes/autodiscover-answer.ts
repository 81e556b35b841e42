import { errorText } from '../../../../foundation/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import { firstAnswer } from '../../first-answer.ts';
import type { PathProbe } from '../path-case.ts';

/** SOAP Autodiscover of the same host, as a stranger sees it. */
export const autodiscoverAnswer: PathProbe = {
  id: 'autodiscover',
  title: 'Autodiscover answers',
  async run({ httpClient, clock }, { url, unreachable }) {
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const address = new URL('/autodiscover/autodiscover.svc', url);
    try {
      const { status, refusal } = await firstAnswer({ httpClient, clock }, address);
      if (status === 401 || status === 200) return pass(`${address.href} answers ${status}`);
      return fail(`it answers ${status}`, { cause: status === 503 ? 'm35-pool-stopped' : 'fb5-handler-mapping', proof: `GET ${address.href} answers ${status}${refusal === '' ? '' : ` (${refusal})`}.`, repair: [], undo: [] });
    } catch (error) {
      return skipped(`it could not be asked: ${errorText(error)}`);
    }
  },
};
