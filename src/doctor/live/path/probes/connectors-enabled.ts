import { fail, pass, setting, skipped, text } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** The wizard leaves them disabled where it gave up. */
export const connectorsEnabled: PathProbe = {
  id: 'connectors',
  title: 'intra-organization connectors are enabled',
  async run({ sessions }) {
    const findings: Finding[] = [];
    let count = 0;
    for (const place of ['OnPremises', 'Cloud'] as const) {
      for (const each of (await sessions[place]?.invoke('Get-IntraOrganizationConnector').catch(() => [])) ?? []) {
        count++;
        if (each['Enabled'] === false) findings.push({ cause: 'w1-connectors-disabled', proof: `"${text(each, 'Name')}" (${place === 'Cloud' ? 'cloud' : 'on premises'}): Enabled is False.`, ...setting(place, 'IntraOrganizationConnector', each, { Enabled: true }) });
      }
    }
    if (findings.length > 0) return fail(`${findings.length} of ${count} are disabled`, ...findings);
    return count === 0 ? skipped('there is none') : pass(`${count} of ${count}`);
  },
};
