import { resolve } from 'node:path';
import { agentOptions, loadAgentConfiguration } from '../../agent/index.ts';
import { HybridgeError, noAccessLog, silentLog } from '../../foundation/index.ts';
import { ConfigurationError, exitCodes, loadConfiguration } from '../../service/index.ts';
import type { ConfigurationSource, LoadedConfiguration, ServiceLogs, Surroundings } from '../../service/index.ts';
import type { z } from 'zod';
import { premisesConfigurationSchema, premisesOptions } from '../configuration/premises-configuration.ts';
import { relayConfigurationSchema, relayOptions } from '../configuration/relay-configuration.ts';
import { stsConfigurationSchema, stsOptions } from '../configuration/sts-configuration.ts';

export type ConfigCheckErrorCode = 'CLI_PARTY_UNKNOWN';

type Check = (file: string, environment: Surroundings['env']) => void;

const noLogs: ServiceLogs = { log: silentLog, accessLog: noAccessLog };

/** Reads a configuration and everything that it refers to, as a start would, and starts nothing. */
const checks: Readonly<Record<string, Check>> = {
  agent: (config, environment) => void agentOptions(loadAgentConfiguration({ config }, environment), noLogs),
  relay: checkOf(relayConfigurationSchema, 'HYBRIDGE_RELAY', (configuration) => relayOptions(configuration, noLogs)),
  sts: checkOf(stsConfigurationSchema, 'HYBRIDGE_STS', (configuration) => stsOptions(configuration, noLogs)),
  premises: checkOf(premisesConfigurationSchema, 'HYBRIDGE_PREMISES', (configuration) => premisesOptions(configuration, noLogs)),
};

function checkOf<Schema extends z.ZodType>(schema: Schema, prefix: string, read: (configuration: LoadedConfiguration<z.output<Schema>>) => unknown): Check {
  return (file, environment) => {
    const source: ConfigurationSource<Schema> = { file, schema, prefix, environment, otherVariables: [`${prefix}_CONFIG`] };
    read(loadConfiguration(source));
  };
}

/** `hybridge config check FILE`: 0, or 78 with every mistake on a line of its own. Returns the exit code. */
export function checkConfiguration(file: string, options: { party?: string; json?: boolean }, { stdout, stderr, env }: Surroundings): number {
  const party = options.party ?? /(?:^|[/.\\-])(?<party>agent|relay|sts|premises)[^/\\]*$/i.exec(file)?.groups?.['party']?.toLowerCase() ?? '';
  const check = checks[party];
  if (check === undefined) throw new HybridgeError<ConfigCheckErrorCode>('CLI_PARTY_UNKNOWN', 'Whose configuration this is does not show in the name of the file.', { remedy: `Give --party: ${Object.keys(checks).join(', ')}.` });
  try {
    check(resolve(file), env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (options.json === true) stdout.write(`${JSON.stringify({ file: error.file, ok: false, code: error.code, problems: error.problems }, undefined, 2)}\n`);
    else stderr.write(`${error.message}\n`);
    return exitCodes.configuration;
  }
  stdout.write(options.json === true ? `${JSON.stringify({ file: resolve(file), ok: true, problems: [] })}\n` : `${file}: this ${party} can be started with it.\n`);
  return exitCodes.ok;
}
