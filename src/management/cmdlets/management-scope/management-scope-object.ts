import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';

export const recipientRestrictionFilter = { type: 'string', description: "Whom it holds, in the language of -Filter: DisplayName -like 'Branch*'." } as const;

export function scopeOutput(stored: Stored<'ManagementScope'>): OutputObject {
  return { RecipientRoot: null, RecipientFilter: stored.properties.RecipientFilter, ServerFilter: '', DatabaseFilter: '', ScopeRestrictionType: 'RecipientScope', Exclusive: false, ...objectTail({ ...stored, identity: stored.name }) };
}

/** Names of the assignments that are narrowed to a scope. */
export async function assignmentsWith({ organization }: ExchangeContext, scope: string): Promise<string[]> {
  return (await organization.configuration.list('ManagementRoleAssignment')).filter(({ properties }) => properties.CustomRecipientWriteScope?.toLowerCase() === scope.toLowerCase()).map(({ name }) => name);
}
