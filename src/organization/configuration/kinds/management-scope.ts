import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';

/** Get-ManagementScope: which recipients a role assignment may change. */
export interface ManagementScope {
  /** In the language of `-Filter`. */
  RecipientFilter: string;
}

export const managementScope: ConfigurationKind<ManagementScope> = {
  kind: 'ManagementScope',
  schema: z.strictObject({ RecipientFilter: z.string().trim().min(1, 'may not be empty').max(4096, 'may have at most 4096 characters') }),
};
