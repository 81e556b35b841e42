import { answeringSide } from '../free-busy-case.ts';
import { fail, pass, sessionOf, setting, sideNames, skipped, text } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** Whether the virtual directories that will be asked take what the trust brings. */
export const signInMethods: FreeBusyProbe = {
  id: 'sign-in-methods',
  title: 'virtual directories take these tokens',
  async run(given, { route }) {
    if (route === undefined) return skipped('no connector or relationship decides');
    if (route.trust === 'address space') return skipped('the lookup goes to an address space');
    const side = answeringSide(given);
    if (side === 'Cloud') return skipped('Exchange Online shows nobody its virtual directories');
    const [property, cause] = route.trust === 'OAuth' ? (['OAuthAuthentication', 'fb10-oauth-off'] as const) : (['WSSecurityAuthentication', 'fb10-wssecurity-off'] as const);
    const nouns = ['WebServicesVirtualDirectory', ...(text(route.object, 'TargetSharingEpr') === '' ? ['AutodiscoverVirtualDirectory'] : [])];
    const findings: Finding[] = [];
    let count = 0;
    for (const noun of nouns) {
      for (const directory of await sessionOf(given, side).invoke(`Get-${noun}`)) {
        count++;
        if (directory[property] !== false) continue;
        findings.push({ cause, proof: `${property} is False on "${text(directory, 'Identity')}" of ${sideNames[side]}.`, ...setting(side, noun, directory, { [property]: true }) });
      }
    }
    if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
    return pass(`${property} is True on ${count} of ${count} of ${sideNames[side]}`);
  },
};
