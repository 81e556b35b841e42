import { changed, mailHost, together } from './fault.ts';
import type { FaultPlan, FaultSessions } from './fault.ts';

/** Exchange Online asks the server itself, as where there is no Hybrid Agent. */
export async function classic(sessions: FaultSessions, TargetSharingEpr: string | null = `https://${mailHost}/EWS/Exchange.asmx`): Promise<FaultPlan> {
  const plans: FaultPlan[] = [];
  for (const noun of ['IntraOrganizationConnector', 'OrganizationRelationship']) plans.push(await changed(sessions, 'Cloud', noun, { TargetSharingEpr }));
  return together(...plans);
}
