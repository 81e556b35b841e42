import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { nameSchema, shortText } from '../property-schemas.ts';

/** A custom management role: a role under its parent that holds some of the parent's entries. The built-in ones are not kept. */
export interface ManagementRole {
  Parent: string;
  Description: string;
  /** Cmdlets with those of their parameters that the role gives. */
  RoleEntries: readonly { Name: string; Parameters: readonly string[] }[];
}

const word = z.string().min(1).max(128);

export const managementRole: ConfigurationKind<ManagementRole> = {
  kind: 'ManagementRole',
  schema: z.strictObject({
    Parent: nameSchema,
    Description: shortText.default(''),
    RoleEntries: z.array(z.strictObject({ Name: word, Parameters: z.array(word).max(512) })).max(2000).default([]),
  }),
};
