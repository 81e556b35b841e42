import { agentOptions, loadAgentConfiguration } from '../../agent/index.ts';
import { HybridgeError } from '../../foundation/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { checkConfiguration, checkOf } from '../configuration/check-configuration.ts';
import type { ConfigurationCheck } from '../configuration/check-configuration.ts';
import { premisesConfigurationSchema, premisesOptions } from '../configuration/premises-configuration.ts';
import { stsConfigurationSchema, stsOptions } from '../configuration/sts-configuration.ts';
import { relayCheck } from './relay/check.ts';

export type ConfigCheckErrorCode = 'CLI_PARTY_UNKNOWN';

const checks: Readonly<Record<string, ConfigurationCheck>> = {
  agent: { subject: 'an agent', read: (config, environment, logs) => void agentOptions(loadAgentConfiguration({ config }, environment), logs) },
  relay: relayCheck,
  sts: checkOf('a token service', stsConfigurationSchema, 'HYBRIDGE_STS', stsOptions),
  premises: checkOf('an organisation', premisesConfigurationSchema, 'HYBRIDGE_PREMISES', premisesOptions),
};

/** `hybridge config check FILE`: 0, or 78 with every mistake on a line of its own. Returns the exit code. */
export function checkNamedConfiguration(file: string, options: { party?: string; json?: boolean }, surroundings: Surroundings): number {
  const party = options.party ?? /(?:^|[/.\\-])(?<party>agent|relay|sts|premises)[^/\\]*$/i.exec(file)?.groups?.['party']?.toLowerCase() ?? '';
  const check = checks[party];
  if (check === undefined) throw new HybridgeError<ConfigCheckErrorCode>('CLI_PARTY_UNKNOWN', 'Whose configuration this is does not show in the name of the file.', { remedy: `Give --party: ${Object.keys(checks).join(', ')}.` });
  return checkConfiguration(check, file, options, surroundings);
}
