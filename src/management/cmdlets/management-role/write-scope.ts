import type { ManagementRoleAssignment } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** By which an assignment is narrowed to some recipients. */
export const scopeParameters = {
  RecipientRelativeWriteScope: { type: ['Organization', 'Self', 'None'], description: 'Organization (default), the account itself, or nobody.' },
  CustomRecipientWriteScope: { type: 'string', description: 'A management scope (New-ManagementScope): only recipients that it holds may be changed.' },
} as const;

interface RequestedScope {
  RecipientRelativeWriteScope?: 'Organization' | 'Self' | 'None' | undefined;
  CustomRecipientWriteScope?: string | undefined;
}

/** What is kept of the scope that was asked for; nothing where none was. @throws ManagementError */
export async function requestedScope(context: ExchangeContext, { RecipientRelativeWriteScope, CustomRecipientWriteScope }: RequestedScope): Promise<Pick<ManagementRoleAssignment, 'RecipientWriteScope' | 'CustomRecipientWriteScope'>> {
  if (RecipientRelativeWriteScope !== undefined && CustomRecipientWriteScope !== undefined) {
    throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give RecipientRelativeWriteScope or CustomRecipientWriteScope, not both.' });
  }
  if (CustomRecipientWriteScope !== undefined) {
    const scope = await oneConfiguration(context, 'ManagementScope', CustomRecipientWriteScope);
    return { RecipientWriteScope: 'CustomRecipientScope', CustomRecipientWriteScope: scope.name };
  }
  return RecipientRelativeWriteScope === undefined ? {} : { RecipientWriteScope: RecipientRelativeWriteScope, CustomRecipientWriteScope: null };
}
