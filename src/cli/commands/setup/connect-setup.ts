import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { createHttpClient, systemClock, systemDial } from '../../../foundation/index.ts';
import type { Dial } from '../../../foundation/index.ts';
import { createLabClient, labDial, lookupProofs, publishLabText, readLabInfo } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { loadConfiguration } from '../../../service/index.ts';
import type { LoadedConfiguration } from '../../../service/index.ts';
import { setupChoicesSchema } from '../../../wizard/index.ts';
import type { Credential, LookupProof, Sessions, SetupChoices, TextRecord } from '../../../wizard/index.ts';
import { setupConfigurationSchema } from '../../configuration/setup-configuration.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { configuredSessions, labSessions } from '../connected-sessions.ts';

/** Where set-up works: a running lab, or what a file of connections and evidence names. */
export interface SetupPlace {
  sessions: Partial<Sessions>;
  /** What the place decides; flags go before it. */
  choices: SetupChoices;
  /** Folder of records and logs. */
  recordsFolder: string;
  evidence: readonly string[];
  /** The on-premises account that a migration endpoint keeps; absent where only a token is known. */
  credential?: Credential;
  /** Publishes TXT records; absent: a person must. */
  publishText?: (record: TextRecord) => Promise<void>;
  /** Opens and closes a connection, as prerequisites ask for. */
  connect: (host: string, port: number) => Promise<void>;
  /** Milliseconds by which a server's clock is ahead; undefined where it does not say. */
  clockOffset: (url: string) => Promise<number | undefined>;
  /** Real lookups, where the place has people who can make them. */
  proofs: readonly LookupProof[];
  close(): Promise<void>;
}

export interface SetupPlaceOptions {
  state?: string;
  config?: string;
  records?: string;
  /** Files or folders of what `hybridge collect` gathered. */
  evidence?: readonly string[];
}

/** @throws ConfigurationError; LabError `LAB_NOT_RUNNING` */
export function connectSetup(options: SetupPlaceOptions, { env }: CommandSurroundings, onWarning: (message: string) => void): SetupPlace {
  const recordsOf = (named?: string): string => resolve(options.records ?? named ?? join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'hybridge', 'setup'));
  // Evidence alone is enough for a plan.
  if (options.config === undefined && options.state === undefined && options.evidence !== undefined) return { sessions: {}, choices: setupChoicesSchema.parse({}), recordsFolder: recordsOf(), evidence: options.evidence, ...probes(systemDial, new Agent()), proofs: [], close: async () => undefined };
  if (options.config === undefined) return connectLab(readLabInfo(resolve(options.state ?? '.hybridge/lab')), options, onWarning);
  const configuration = loadConfiguration({ file: resolve(options.config), schema: setupConfigurationSchema, prefix: 'HYBRIDGE_SETUP', environment: env });
  const { settings } = configuration;
  const httpClient = createHttpClient({ dial: systemDial, ca: [...getCACertificates('default'), ...(settings.ca === undefined ? [] : [configuration.text('ca', settings.ca)])] });
  const { sessions } = configuredSessions(configuration, httpClient, onWarning);
  return {
    sessions,
    choices: settings.setup,
    recordsFolder: recordsOf(settings.records === undefined ? undefined : configuration.path(settings.records)),
    ...credentialOf(configuration),
    evidence: [...settings.evidence.map((path) => configuration.path(path)), ...(options.evidence ?? [])],
    ...probes(systemDial, httpClient),
    proofs: [],
    close: () => httpClient.close(),
  };
}

function connectLab(info: LabInfo, options: SetupPlaceOptions, onWarning: (message: string) => void): SetupPlace {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const client = createLabClient(info);
  const { sessions } = labSessions(info, httpClient, onWarning);
  const administrator = info.accounts.find(({ kind, side }) => kind === 'administrator' && side === 'on-premises');
  const authority = new URL(info.parties.sts.namedUrls['authority'] ?? '');
  return {
    sessions,
    choices: setupChoicesSchema.parse({
      endpoints: {
        cloudDiscovery: info.parties.cloud.namedUrls['autodiscover'],
        onPremisesDiscovery: info.parties.onPremises.namedUrls['autodiscover'],
        acsMetadata: `${authority.href}/metadata/json/1`,
        evoStsMetadata: `${authority.href}/.well-known/openid-configuration`,
        gatewayMetadata: `${authority.origin}/FederationMetadata/2006-12/FederationMetadata.xml`,
      },
    }),
    recordsFolder: resolve(options.records ?? join(info.stateDirectory, 'setup')),
    evidence: options.evidence ?? [],
    ...(administrator === undefined ? {} : { credential: { userName: administrator.userName ?? '', password: administrator.password ?? '' } }),
    ...probes(labDial(info), httpClient),
    publishText: async (record) => publishLabText(info.stateDirectory, record),
    proofs: lookupProofs(info, client),
    async close() {
      await client.close();
      await httpClient.close();
    },
  };
}

function credentialOf({ settings, secret }: Pick<LoadedConfiguration<z.output<typeof setupConfigurationSchema>>, 'settings' | 'secret'>): { credential?: Credential } {
  const { user, password } = settings.onPremises ?? {};
  return user === undefined || password === undefined ? {} : { credential: { userName: user, password: secret('onPremises.password', password) } };
}

function probes(dial: Dial, httpClient: Dispatcher): Pick<SetupPlace, 'connect' | 'clockOffset'> {
  return {
    async connect(host, port) {
      (await dial(host, port, AbortSignal.timeout(probeTimeoutMs))).destroy();
    },
    async clockOffset(url) {
      const { headers, body } = await request(url, { dispatcher: httpClient, method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) });
      await body.dump();
      const { date } = headers;
      return typeof date === 'string' ? Date.parse(date) - systemClock.now() : undefined;
    },
  };
}

const probeTimeoutMs = 10_000;
