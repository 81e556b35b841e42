import type { ParameterDefinition } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';

const connector = (direction: string) => ({ type: 'string', nullable: true, description: `Name of the ${direction} mail connector.` }) as const satisfies ParameterDefinition;

/** What New- and Set-OnPremisesOrganization both take. */
export const onPremisesOrganizationParameters = {
  HybridDomains: { type: 'domain', many: true, description: 'Domains that both sides share.' },
  InboundConnector: connector('inbound'),
  OutboundConnector: connector('outbound'),
  OrganizationName: { type: 'string', nullable: true, description: 'Name of the on-premises organisation.' },
  OrganizationRelationship: { type: 'string', nullable: true, description: 'Name or GUID of the relationship with it, which must exist.' },
  Comment: { type: 'string', description: 'What administrators want to remember.' },
} as const;

/** The name of the relationship that a parameter means. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function relationshipName(context: ExchangeContext, identity: string | null | undefined): Promise<{ OrganizationRelationship?: string | null }> {
  if (identity === undefined) return {};
  if (identity === null) return { OrganizationRelationship: null };
  const relationship = await context.organization.configuration.get('OrganizationRelationship', identity);
  if (relationship !== undefined) return { OrganizationRelationship: relationship.name };
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The operation couldn't be performed because object '${identity.slice(0, 256)}' couldn't be found on '${context.serverName}'.`, {
    facts: { identity },
    remedy: 'Get-OrganizationRelationship lists those that there are.',
  });
}
