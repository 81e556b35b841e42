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
  /** The Hybrid Agent that the wizard installs on this machine. */
  agent: z
    .strictObject({
      /** Public address of the relay. Default: where its endpoints are. */
      relay: z.url({ protocol: /^https$/, error: 'Write https://host[:port].' }).optional(),
      /** Folder of configuration, key and log, where it is no unit of the system. Default: `agent` below that of the records. */
      folder: z.string().min(1).optional(),
      /** Keys of agent.yaml other than `stateDirectory`; paths are relative to this file. */
      configuration: z.record(z.string(), z.unknown()).default({}),
    })
    .prefault({}),
  setup: setupChoicesSchema.prefault({}),
});
