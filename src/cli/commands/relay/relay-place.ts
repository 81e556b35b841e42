import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dispatcher } from 'undici';
import { createHttpClient, errorCode, errorText, HybridgeError, systemDial } from '../../../foundation/index.ts';
import { createRelayAdminClient } from '../../../relay/index.ts';
import type { RelayAdminClient } from '../../../relay/index.ts';
import { loadConfiguration } from '../../../service/index.ts';
import { relayConfigurationSchema } from '../../configuration/relay-configuration.ts';
import type { RelayConfiguration } from '../../configuration/relay-configuration.ts';
import type { CommandSurroundings } from '../../surroundings.ts';

export type RelayCommandErrorCode = 'CLI_RELAY_PLACE' | 'CLI_RELAY_PORT' | 'CLI_RELAY_CONFIRM';

/** Which relay a command is for: the one whose configuration lies here, or one at an address. */
export interface RelayPlace {
  config?: string;
  url?: string;
  keyFile?: string;
  ca?: string;
  json?: boolean;
}

/** Means of the admin API. */
export interface RelayAdministration {
  url: string;
  key: string;
  httpClient: Dispatcher;
  client: RelayAdminClient;
}

/** The path of relay.yaml. @throws HybridgeError CLI_RELAY_PLACE where none was named */
export function relayConfigurationFile({ config }: RelayPlace, environment: CommandSurroundings['env']): string {
  const file = config ?? environment['HYBRIDGE_RELAY_CONFIG'];
  if (file === undefined) {
    throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', 'No relay was named.', { remedy: 'Give --config relay.yaml (or HYBRIDGE_RELAY_CONFIG); commands for a relay elsewhere take --url, --key-file and --ca.' });
  }
  return file;
}

/** @throws ConfigurationError */
export function loadRelayConfiguration(place: RelayPlace, environment: CommandSurroundings['env']): RelayConfiguration {
  const file = relayConfigurationFile(place, environment);
  return loadConfiguration({ file: resolve(file), schema: relayConfigurationSchema, prefix: 'HYBRIDGE_RELAY', environment, otherVariables: ['HYBRIDGE_RELAY_CONFIG'] });
}

/** Runs something with the admin API of a relay. */
export async function withRelay<Result>(place: RelayPlace, environment: CommandSurroundings['env'], run: (relay: RelayAdministration) => Promise<Result>): Promise<Result> {
  const { url, key, httpClient } = place.url === undefined ? here(place, environment) : elsewhere(place.url, place, environment);
  try {
    return await run({ url, key, httpClient, client: createRelayAdminClient({ url, httpClient, key }) });
  } finally {
    await httpClient.close();
  }
}

type Means = Omit<RelayAdministration, 'client'>;

function elsewhere(url: string, { keyFile, ca }: RelayPlace, environment: CommandSurroundings['env']): Means {
  const key = keyFile === undefined ? environment['HYBRIDGE_RELAY_ADMIN_KEY'] : readGiven('--key-file', keyFile).trim();
  if (key === undefined || key === '') throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', 'The admin key of the relay was not given.', { remedy: 'Give --key-file, or set HYBRIDGE_RELAY_ADMIN_KEY.' });
  if (!/^[\x21-\x7e]+$/.test(key)) throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', 'What was given as the admin key is none: it has blanks or line breaks.', { remedy: 'Give the file that holds the key alone.' });
  if (!/^https:\/\/[^/\s]+\/?$/i.test(url)) throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', '--url is not the address of a relay.', { remedy: 'Write https://host[:port].' });
  return { url, key, httpClient: createHttpClient({ dial: systemDial, ...(ca === undefined ? {} : { ca: readGiven('--ca', ca) }) }) };
}

/** The relay of this machine: its certificate is for its own name, its admin listener is wherever the file says. */
function here(place: RelayPlace, environment: CommandSurroundings['env']): Means {
  const configuration = loadRelayConfiguration(place, environment);
  const { admin, domains } = configuration.settings;
  if (admin.port === 0) throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PORT', 'The configuration lets the system choose the admin port, so it is not known here.', { remedy: 'Set admin.port, or give --url with the address that the log of the relay shows.' });
  const address = admin.host === '0.0.0.0' ? '127.0.0.1' : admin.host === '::' ? '::1' : admin.host;
  const ca = place.ca === undefined ? undefined : readGiven('--ca', place.ca);
  const trusted = ca ?? (admin.ca === undefined ? undefined : configuration.text('admin.ca', admin.ca));
  return {
    url: `https://${domains[0] ?? ''}:${admin.port}`,
    key: configuration.secret('admin.key', admin.key),
    httpClient: createHttpClient({ dial: (_, port, signal) => systemDial(address, port, signal), ...(trusted === undefined ? {} : { ca: trusted }) }),
  };
}

function readGiven(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', `The file of ${option} cannot be read (${errorCode(error) ?? errorText(error)}).`, { facts: { file }, cause: error, remedy: 'Check the path, and that you may read it.' });
  }
}
