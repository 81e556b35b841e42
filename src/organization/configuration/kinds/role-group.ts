import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** A role group that somebody made; the built-in ones are not kept. Its members are in the directory, under its name. */
export interface CustomRoleGroup {
  Description: string;
  /** Null for its name. Absent in those that older versions kept. */
  DisplayName?: string | null | undefined;
}

export const roleGroup: ConfigurationKind<CustomRoleGroup> = {
  kind: 'RoleGroup',
  schema: z.strictObject({ Description: shortText.default(''), DisplayName: shortText.min(1, 'may not be empty').max(256, 'may have at most 256 characters').nullish() }),
};
