import type { CmdletInvocation } from '../../management/index.ts';
import { differences, textOf } from '../observed.ts';
import type { StepView } from '../plan.ts';

/** The cmdlet that makes or mends an intra-organization connector; none where it is as wanted. */
export async function ensureConnector(view: StepView, session: 'OnPremises' | 'Cloud', wanted: Record<string, unknown>): Promise<readonly CmdletInvocation[]> {
  const name = `HybridIOC - ${view.settings.organizationGuid}`;
  const found = (await view.get(session, 'Get-IntraOrganizationConnector')).find((connector) => textOf(connector, 'Name') === name);
  if (found === undefined) return [{ session, cmdlet: 'New-IntraOrganizationConnector', parameters: { Name: name, ...wanted } }];
  const different = differences(found, wanted);
  return Object.keys(different).length === 0 ? [] : [{ session, cmdlet: 'Set-IntraOrganizationConnector', parameters: { Identity: name, ...different } }];
}
