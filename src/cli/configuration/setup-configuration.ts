import { z } from 'zod';
import { setupChoicesSchema } from '../../wizard/index.ts';
import { askedOrganization, connectionSettings } from './certificates-configuration.ts';

/**
 * `setup.yaml`: connections, or evidence in their place, and what set-up is to do. Paths are relative to its folder;
 * choices that are left out are found out or have their default, as without a file.
 */
export const setupConfigurationSchema = z.strictObject({
  ...connectionSettings,
  onPremises: askedOrganization.optional(),
  cloud: askedOrganization.optional(),
  /** Files or folders of what `hybridge collect` gathered, for a side that is not connected. */
  evidence: z.array(z.string().min(1)).max(100).default([]),
  /** Folder of the wizard's records and logs. */
  records: z.string().min(1).optional(),
  setup: setupChoicesSchema.prefault({}),
});
