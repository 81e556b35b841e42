import { resolve } from 'node:path';
import { noAccessLog, silentLog } from '../../foundation/index.ts';
import { ConfigurationError, exitCodes, loadConfiguration } from '../../service/index.ts';
import type { ConfigurationSource, LoadedConfiguration, ServiceLogs, Surroundings } from '../../service/index.ts';
import type { z } from 'zod';

/** Reads a configuration and everything that it refers to, as a start would, and starts nothing. */
export interface ConfigurationCheck {
  /** What it starts: `a relay`. */
  subject: string;
  /** @throws ConfigurationError with every mistake */
  read(file: string, environment: Surroundings['env'], logs: ServiceLogs): void;
}

/** The check of a party whose variables begin with `prefix`; `options` reads what the settings refer to. */
export function checkOf<Schema extends z.ZodType>(subject: string, schema: Schema, prefix: string, options: (configuration: LoadedConfiguration<z.output<Schema>>, logs: ServiceLogs) => unknown): ConfigurationCheck {
  return {
    subject,
    read(file, environment, logs) {
      const source: ConfigurationSource<Schema> = { file, schema, prefix, environment, otherVariables: [`${prefix}_CONFIG`] };
      options(loadConfiguration(source), logs);
    },
  };
}

/** Shows every mistake of a file on a line of its own. Returns the exit code: 0, or 78 where there is one. */
export function checkConfiguration(check: ConfigurationCheck, file: string, options: { json?: boolean }, { stdout, stderr, env }: Surroundings): number {
  const warnings: string[] = [];
  try {
    check.read(resolve(file), env, keepWarnings(warnings));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (options.json === true) stdout.write(`${JSON.stringify({ file: error.file, ok: false, code: error.code, problems: error.problems }, undefined, 2)}\n`);
    else stderr.write(`${error.message}\n`);
    return exitCodes.configuration;
  }
  stdout.write(options.json === true ? `${JSON.stringify({ file: resolve(file), ok: true, problems: [], warnings })}\n` : `${warnings.map((text) => `WARNING: ${text}\n`).join('')}${file}: no mistake found; it starts ${check.subject}.\n`);
  return exitCodes.ok;
}

/** Logs that keep what a start would warn of. */
function keepWarnings(warnings: string[]): ServiceLogs {
  const log = Object.create(silentLog) as ServiceLogs['log'];
  log.warn = (_: unknown, text?: string) => void warnings.push(text ?? '');
  return { log, accessLog: noAccessLog };
}
