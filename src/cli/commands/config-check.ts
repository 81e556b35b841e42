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

type Check = (file: string, environment: Surroundings['env'], logs: ServiceLogs) => void;

/** Reads a configuration and everything that it refers to, as a start would, and starts nothing. */
const checks: Readonly<Record<string, Check>> = {
  agent: (config, environment, logs) => void agentOptions(loadAgentConfiguration({ config }, environment), logs),
  relay: checkOf(relayConfigurationSchema, 'HYBRIDGE_RELAY', relayOptions),
  sts: checkOf(stsConfigurationSchema, 'HYBRIDGE_STS', stsOptions),
  premises: checkOf(premisesConfigurationSchema, 'HYBRIDGE_PREMISES', premisesOptions),
};

function checkOf<Schema extends z.ZodType>(schema: Schema, prefix: string, read: (configuration: LoadedConfiguration<z.output<Schema>>, logs: ServiceLogs) => unknown): Check {
  return (file, environment, logs) => {
    const source: ConfigurationSource<Schema> = { file, schema, prefix, environment, otherVariables: [`${prefix}_CONFIG`] };
    read(loadConfiguration(source), logs);
  };
}

const subjects: Readonly<Record<string, string>> = { agent: 'an agent', relay: 'a relay', sts: 'a token service', premises: 'an organisation' };

/** Logs that keep what a start would warn of. */
function keepWarnings(warnings: string[]): ServiceLogs {
  const log = Object.create(silentLog) as ServiceLogs['log'];
  log.warn = (_: unknown, text?: string) => void warnings.push(text ?? '');
  return { log, accessLog: noAccessLog };
}

/** `hybridge config check FILE`: 0, or 78 with every mistake on a line of its own. Returns the exit code. */
export function checkConfiguration(file: string, options: { party?: string; json?: boolean }, { stdout, stderr, env }: Surroundings): number {
  const party = options.party ?? /(?:^|[/.\\-])(?<party>agent|relay|sts|premises)[^/\\]*$/i.exec(file)?.groups?.['party']?.toLowerCase() ?? '';
  const check = checks[party];
  if (check === undefined) throw new HybridgeError<ConfigCheckErrorCode>('CLI_PARTY_UNKNOWN', 'Whose configuration this is does not show in the name of the file.', { remedy: `Give --party: ${Object.keys(checks).join(', ')}.` });
  const warnings: string[] = [];
  try {
    check(resolve(file), env, keepWarnings(warnings));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (options.json === true) stdout.write(`${JSON.stringify({ file: error.file, ok: false, code: error.code, problems: error.problems }, undefined, 2)}\n`);
    else stderr.write(`${error.message}\n`);
    return exitCodes.configuration;
  }
  stdout.write(options.json === true ? `${JSON.stringify({ file: resolve(file), ok: true, problems: [], warnings })}\n` : `${warnings.map((text) => `WARNING: ${text}\n`).join('')}${file}: no mistake found; it starts ${subjects[party] ?? party}.\n`);
  return exitCodes.ok;
}
