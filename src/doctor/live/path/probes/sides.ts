import { errorText } from '../../../../foundation/index.ts';
import { capitalized, fail, pass, sideNames, skipped } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** Cmdlets that everybody may run who may run the wizard. */
const harmless = { OnPremises: 'Get-OrganizationConfig', Cloud: 'Get-OrganizationConfig', Tenant: 'Get-MsolCompanyInformation' } as const;

/** Whether this machine, where the wizard runs, reaches what it needs. */
export const sides: PathProbe = {
  id: 'sides',
  title: 'both sides and the tenant answer this machine',
  async run({ sessions }) {
    const findings: Finding[] = [];
    const answered: string[] = [];
    for (const place of ['OnPremises', 'Cloud', 'Tenant'] as const) {
      const session = sessions[place];
      if (session === undefined) continue;
      try {
        await session.invoke(harmless[place]);
        answered.push(sideNames[place]);
      } catch (error) {
        findings.push({ cause: 'w1-connection', proof: `${capitalized(sideNames[place])} does not answer this machine: ${reasons(error)}`, repair: [], undo: [] });
      }
    }
    if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
    return answered.length > 0 ? pass(answered.join(', ')) : skipped('there is no session');
  },
};

/** What went wrong, down to the network's own words. */
function reasons(error: unknown): string {
  const said: string[] = [];
  for (let each: unknown = error; each instanceof Error && said.length < 4; each = each.cause) said.push(errorText(each));
  return [...new Set(said)].join(' ');
}
