import type { CmdletInvocation } from '../../management/index.ts';
import { differences, given, textOf } from '../observed.ts';
import type { StepView } from '../plan.ts';

/**
 * The cmdlet that makes or mends an intra-organization connector; none where it is as wanted. Where free/busy is to
 * cross by delegation alone, a connector that is there is disabled, since an enabled one has the last word.
 */
export async function ensureConnector(view: StepView, session: 'OnPremises' | 'Cloud', wanted: () => Promise<Record<string, unknown>>): Promise<readonly CmdletInvocation[]> {
  const name = `HybridIOC - ${view.settings.organizationGuid}`;
  const isWanted = view.settings.freeBusy !== 'dauth';
  const found = (await view.get(session, 'Get-IntraOrganizationConnector')).find((connector) => textOf(connector, 'Name') === name);
  if (found === undefined) return isWanted ? [{ session, cmdlet: 'New-IntraOrganizationConnector', parameters: { Name: name, ...given(await wanted()) } }] : [];
  const different = differences(found, isWanted ? await wanted() : { Enabled: false });
  return Object.keys(different).length === 0 ? [] : [{ session, cmdlet: 'Set-IntraOrganizationConnector', parameters: { Identity: name, ...different } }];
}
