import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** A role group that somebody made; the built-in ones are not kept. Its members are in the directory, under its name. */
export interface CustomRoleGroup {
  Description: string;
}

export const roleGroup: ConfigurationKind<CustomRoleGroup> = {
  kind: 'RoleGroup',
  schema: z.strictObject({ Description: shortText.default('') }),
};
