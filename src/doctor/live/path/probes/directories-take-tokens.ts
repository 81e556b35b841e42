import { fail, pass, sessionOf, setting, text, texts } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** What clients with modern authentication talk to. */
const nouns = ['AutodiscoverVirtualDirectory', 'WebServicesVirtualDirectory', 'MapiVirtualDirectory', 'OabVirtualDirectory'] as const;

export const directoriesTakeTokens: PathProbe = {
  id: 'virtual-directories',
  title: 'virtual directories take tokens',
  async run(given) {
    const session = sessionOf(given, 'OnPremises');
    const findings: Finding[] = [];
    let count = 0;
    for (const noun of nouns) {
      // An organisation without the cmdlet has no such directory.
      for (const directory of await session.invoke(`Get-${noun}`).catch(() => [])) {
        count++;
        const methods = texts(directory, 'IISAuthenticationMethods');
        const isMapi = noun === 'MapiVirtualDirectory';
        if (isMapi ? methods.length === 0 || methods.some((each) => /oauth/i.test(each)) : directory['OAuthAuthentication'] !== false) continue;
        const change = isMapi ? { IISAuthenticationMethods: [...methods, 'OAuth'] } : { OAuthAuthentication: true };
        findings.push({ cause: 'h2-oauth-off', proof: `"${text(directory, 'Identity')}" does not take tokens.`, ...setting('OnPremises', noun, directory, change) });
      }
    }
    return findings.length > 0 ? fail(findings.map(({ proof }) => proof).join(' '), ...findings) : pass(`OAuth is on for all ${count}`);
  },
};
