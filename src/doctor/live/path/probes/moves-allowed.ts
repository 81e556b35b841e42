import { fail, pass, sessionOf, setting, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** The agent validates against MRSProxy. */
export const movesAllowed: PathProbe = {
  id: 'mrs-proxy',
  title: 'MRSProxy of the EWS virtual directories',
  async run(given) {
    const directories = await sessionOf(given, 'OnPremises').invoke('Get-WebServicesVirtualDirectory');
    const off = directories.filter((each) => each['MRSProxyEnabled'] === false);
    if (off.length === 0) return pass(`MRSProxyEnabled is True on ${directories.length} of ${directories.length}`);
    return fail(`it is off on ${off.map((each) => text(each, 'Identity')).join(', ')}`, ...off.map((each) => ({ cause: 'a1-mrsproxy-off', proof: `MRSProxyEnabled is False on "${text(each, 'Identity')}".`, ...setting('OnPremises', 'WebServicesVirtualDirectory', each, { MRSProxyEnabled: true }) })));
  },
};
