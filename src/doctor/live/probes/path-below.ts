import { errorText } from '../../../foundation/index.ts';
import { firstAnswer } from '../first-answer.ts';
import { noAnswer } from '../no-answer.ts';
import { fail, pass, skipped } from '../probe.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Delegation tokens go to a path below the endpoint, which rules of devices forget. */
export const pathBelow: FreeBusyProbe = {
  id: 'path-below',
  title: 'the path for delegation tokens (/WSSecurity)',
  async run(given, facts) {
    const { route, endpoint, answer, beyond, hiddenBecause } = facts;
    if (route?.trust !== 'DAuth') return skipped(notOver('DAuth', route));
    if (endpoint === undefined || answer?.isExchange !== true) return skipped(hiddenBecause ?? 'the endpoint itself does not answer as Exchange');
    const url = new URL(`${endpoint.href.replace(/\/WSSecurity\/?$/i, '')}/WSSecurity`);
    try {
      const below = await firstAnswer({ ...given, httpClient: beyond ?? given.httpClient }, url);
      if (below.isExchange) return pass(`${url.pathname} answers ${below.status}`);
      facts.hidden = [...(facts.hidden ?? []), `what is behind ${url.pathname}, because what answers there (${below.status}) is not Exchange`];
      if (below.status === 403) return fail(`${url.pathname} answers 403`, { cause: 'fb13-path-rule', proof: `GET ${url.href} answers 403 and not as Exchange (no X-FEServer), while ${endpoint.pathname} reaches Exchange.`, repair: [], undo: [] });
      if (below.status === 404 && /\.svc\//i.test(url.pathname)) return fail(`${url.pathname} answers 404`, { cause: 'fb5-handler-mapping', proof: `GET ${url.href} answers 404 and not as Exchange (no X-FEServer).`, repair: [], undo: [] });
      return pass(`${url.pathname} answers ${below.status}`);
    } catch (error) {
      if (noAnswer(error) !== 'closed') throw error;
      return fail(`${url.pathname}: ${errorText(error)}`, { cause: 'fb7-wssecurity-stuck', proof: `Connections to ${url.href} are reset, while ${endpoint.pathname} answers as Exchange.`, repair: [], undo: [] });
    }
  },
};
