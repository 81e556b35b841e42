import { firstAnswer } from '../first-answer.ts';
import { slowMs } from '../judge-answer.ts';
import { fail, pass, skipped } from '../probe.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Exchange says of a token that is none that it cannot be parsed; who says nothing has not seen it. */
export const tokenPassage: FreeBusyProbe = {
  id: 'token-passage',
  title: 'tokens reach Exchange',
  async run(given, { route, endpoint, answer, beyond, hiddenBecause }) {
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (endpoint === undefined || answer?.isExchange !== true || !answer.challenges.some((each) => each.startsWith('Bearer'))) return skipped(hiddenBecause ?? 'the endpoint does not ask for tokens');
    if (answer.tookMs > slowMs) return skipped('the endpoint is too slow to be asked twice');
    const judged = await firstAnswer({ ...given, httpClient: beyond ?? given.httpClient }, endpoint, 'Bearer doctor');
    if (judged.diagnostics !== '') return pass(judged.diagnostics.split(';')[0] ?? '');
    if (!judged.isExchange || judged.status !== 401) return fail(`${endpoint.host} answers ${judged.status} to a token`, { cause: 'fb10-preauthentication', proof: `Without a token ${endpoint.href} is answered by Exchange, with one by somebody else: ${judged.status}, no X-FEServer.`, repair: [], undo: [] });
    return fail('a token does not arrive', { cause: 'fb10-authorization-removed', proof: `Exchange answers ${endpoint.href} with 401 and says nothing of the token that was sent (no x-ms-diagnostics): it never saw it.`, repair: [], undo: [] });
  },
};
