import { errorText } from '../../../foundation/index.ts';
import { firstAnswer } from '../first-answer.ts';
import { fail, pass, sessionOf, sideNames, skipped, text } from '../probe.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Whether the federation gateway can be reached: by the asking side's network, and from elsewhere. */
export const gateway: FreeBusyProbe = {
  id: 'gateway',
  title: 'federation gateway: DNS, connection, TLS',
  async run(given, facts) {
    if (facts.route?.trust !== 'DAuth') return skipped(notOver('DAuth', facts.route));
    const [trust] = await sessionOf(given, given.askingSide).invoke('Get-FederationTrust');
    const url = URL.parse(text(trust, 'TokenIssuerEpr'));
    if (url === null) return skipped(`${sideNames[given.askingSide]} has no federation trust`);
    try {
      const { status } = await firstAnswer(given, url);
      return pass(`${url.host} answers ${status}`);
    } catch (error) {
      facts.isGatewaySilent = true;
      facts.hidden = [...(facts.hidden ?? []), `what the federation gateway says of ${given.asker}, because it cannot be reached`];
      const proof = `${url.href} from the network of ${sideNames[given.askingSide]}: ${errorText(error)}`;
      const other = given.elsewhere === undefined ? undefined : await firstAnswer({ ...given, httpClient: given.elsewhere }, url).catch(() => undefined);
      if (other !== undefined) return fail(`${url.host} is blocked from here`, { cause: 'fb28-outbound-blocked', proof: `${proof}; from elsewhere it answers ${other.status}.`, repair: [], undo: [] });
      return fail(`${url.host} cannot be reached`, { cause: given.elsewhere === undefined ? 'fb28-outbound-blocked' : 'fb28-gateway-down', proof: `${proof}${given.elsewhere === undefined ? '' : '; from elsewhere neither'}.`, repair: [], undo: [] });
    }
  },
};
