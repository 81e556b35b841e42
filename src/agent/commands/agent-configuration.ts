import { resolve } from 'node:path';
import { z } from 'zod';
import type { LoadedConfiguration, ServiceLogs } from '../../service/index.ts';
import { ConfigurationError, listenerSettings, loadConfiguration, logSettings, readAuthorities, readCertificatePair, secretReference } from '../../service/index.ts';
import { connectTo, placePattern } from '../connect-to.ts';
import type { OutboundProxy } from '../links/dial-through-proxy.ts';
import { defaultForbiddenAddresses, isForbiddenAddresses } from '../targets/forbidden-addresses.ts';
import type { AgentOptions } from '../start-agent.ts';

/** `agent.yaml`. Paths are relative to its folder. */
const agentConfigurationSchema = z.strictObject({
  /** Folder of key, certificate and the last configuration from the relay. */
  stateDirectory: z.string().min(1),
  /** PEM file of authorities to trust for the relay instead of the built-in ones. */
  ca: z.string().min(1).optional(),
  /** PEM file of authorities to trust for targets instead of the built-in ones. */
  targetCa: z.string().min(1).optional(),
  /** Host names that this agent may connect to, `*.example` for all below. Default: whatever the relay says. */
  allowedTargets: z.array(z.string().min(1)).optional(),
  /** Addresses that it must not, wherever a name leads. */
  forbiddenAddresses: z.array(z.string().refine(isForbiddenAddresses, 'Write loopback, link-local, metadata, or a network such as 10.0.0.0/8.')).default([...defaultForbiddenAddresses]),
  /** Where names lead that this machine's resolver does not know: `mail.contoso.local:443` to `10.1.2.3:443`. */
  connectTo: z.record(z.string().regex(placePattern), z.string().regex(placePattern, 'Write host:port.')).optional(),
  /** Outbound proxy (CONNECT) towards the relay; targets are never reached through it. */
  proxy: z
    .strictObject({
      url: z.string().regex(/^https?:\/\/[^/@\s]+\/?$/i, 'Write http://host:port; user name and password have keys of their own.'),
      user: z.string().min(1).optional(),
      password: secretReference.optional(),
      /** As in NO_PROXY: hosts that are reached without the proxy, separated by commas. */
      noProxy: z.string().optional(),
      /** PEM file of authorities to trust for an https:// proxy. */
      ca: z.string().min(1).optional(),
    })
    .optional(),
  machineName: z.string().min(1).max(256).optional(),
  /** Links to the relay. */
  links: z.int().min(1).max(16).default(2),
  /** Connections kept ready for each target. */
  warmConnections: z.int().min(0).max(64).default(2),
  connectTimeoutSeconds: z.number().min(0.1).max(300).default(10),
  /** Operators' listener with health and metrics; absent: none. PEM files. */
  admin: z.strictObject({ ...listenerSettings, certificate: z.string().min(1), privateKey: z.string().min(1) }).optional(),
  ...logSettings,
});

export interface AgentConfiguration extends LoadedConfiguration<z.output<typeof agentConfigurationSchema>> {
  /** Of `HTTPS_PROXY`; counts where the configuration names no proxy. */
  environmentProxy?: OutboundProxy;
}

const agentVariablePrefix = 'HYBRIDGE_AGENT';

/** Where commands of the agent find it: its file, or what else was given. */
export interface AgentPlace {
  config?: string;
  state?: string;
  ca?: string;
  targetCa?: string;
}

/** Whether something tells where the agent of this machine is. */
export function namesAgent({ config, state }: AgentPlace, environment: Readonly<Record<string, string | undefined>>): boolean {
  return [config, state, environment['HYBRIDGE_AGENT_CONFIG'], environment[`${agentVariablePrefix}_STATE_DIRECTORY`]].some((given) => given !== undefined);
}

/**
 * The configuration of the file, or of `HYBRIDGE_AGENT_CONFIG`, or just of options and variables where there is none.
 *
 * @throws ConfigurationError
 */
export function loadAgentConfiguration(place: AgentPlace, environment: Readonly<Record<string, string | undefined>>): AgentConfiguration {
  const file = place.config ?? environment['HYBRIDGE_AGENT_CONFIG'];
  const given: Record<string, string | undefined> = { STATE_DIRECTORY: place.state, CA: place.ca, TARGET_CA: place.targetCa };
  const options = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[`${agentVariablePrefix}_${name}`, resolve(value)] as const]));
  // Where nothing at all was given, the schema would name a key of a file that is not there.
  if (!namesAgent(place, environment)) {
    throw new ConfigurationError('CONFIGURATION_INVALID', { file: 'options', problems: [{ key: '', message: 'Neither a configuration nor a state folder was named.', remedy: 'Give --config /etc/hybridge/agent.yaml, or --state with the folder of the agent.' }] });
  }
  const environmentProxy = proxyOfEnvironment(environment);
  const loaded = loadConfiguration({
    schema: agentConfigurationSchema,
    prefix: agentVariablePrefix,
    environment: { ...environment, ...Object.fromEntries(options) },
    otherVariables: ['HYBRIDGE_AGENT_CONFIG', 'HYBRIDGE_AGENT_TOKEN'],
    file: file === undefined ? resolve('agent options') : resolve(file),
    ...(file === undefined ? { text: '' } : {}),
  });
  return environmentProxy === undefined ? loaded : { ...loaded, environmentProxy };
}

/** What `startAgent` takes; reads the files that the configuration names. @throws ConfigurationError */
export function agentOptions(configuration: AgentConfiguration, logs: ServiceLogs): AgentOptions {
  const { settings } = configuration;
  const proxy = outboundProxy(configuration);
  return {
    stateDirectory: configuration.path(settings.stateDirectory),
    forbiddenAddresses: settings.forbiddenAddresses,
    links: settings.links,
    warmConnections: settings.warmConnections,
    connectTimeoutMs: settings.connectTimeoutSeconds * 1000,
    log: logs.log,
    accessLog: logs.accessLog,
    ...(settings.ca === undefined ? {} : { ca: readAuthorities(configuration, 'ca', settings.ca) }),
    ...(settings.targetCa === undefined ? {} : { targetCa: readAuthorities(configuration, 'targetCa', settings.targetCa) }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(settings.connectTo === undefined ? {} : { dial: connectTo(settings.connectTo) }),
    ...(settings.allowedTargets === undefined ? {} : { allowedTargets: settings.allowedTargets }),
    ...(settings.machineName === undefined ? {} : { machineName: settings.machineName }),
    ...(settings.admin === undefined
      ? {}
      : {
          admin: {
            host: settings.admin.host,
            port: settings.admin.port,
            ...readCertificatePair(configuration, 'admin', settings.admin),
          },
        }),
  };
}

const proxyVariables = ['https_proxy', 'HTTPS_PROXY'];

/** As curl reads it (curl(1), ENVIRONMENT): `[http://][user:password@]host[:port]`, with `NO_PROXY`. @throws ConfigurationError */
function proxyOfEnvironment(environment: Readonly<Record<string, string | undefined>>): OutboundProxy | undefined {
  const variable = proxyVariables.find((name) => environment[name] !== undefined);
  const given = variable === undefined ? '' : (environment[variable] ?? '').trim();
  if (variable === undefined || given === '') return undefined;
  const address = given.includes('://') ? given : `http://${given}`;
  if (!/^https?:\/\/[^/\s]+\/?$/i.test(address) || !URL.canParse(address) || /%(?![0-9a-f]{2})/i.test(address)) {
    throw new ConfigurationError('CONFIGURATION_INVALID', { file: 'environment', problems: [{ variable, key: 'proxy', message: 'This is not the address of an HTTP proxy.', remedy: 'Write http://[user:password@]host:port, with %40 for @ and the like in a password, or unset it.' }] });
  }
  const noProxy = environment['no_proxy'] ?? environment['NO_PROXY'];
  return { url: address, ...(noProxy === undefined ? {} : { noProxy }) };
}

/** The proxy with its credentials. @throws ConfigurationError */
function outboundProxy(configuration: AgentConfiguration): OutboundProxy | undefined {
  const { proxy } = configuration.settings;
  if (proxy === undefined) return configuration.environmentProxy;
  const url = new URL(proxy.url);
  if (proxy.user !== undefined) url.username = encodeURIComponent(proxy.user);
  if (proxy.password !== undefined) url.password = encodeURIComponent(configuration.secret('proxy.password', proxy.password));
  return { url: url.href, ...(proxy.noProxy === undefined ? {} : { noProxy: proxy.noProxy }), ...(proxy.ca === undefined ? {} : { ca: readAuthorities(configuration, 'proxy.ca', proxy.ca) }) };
}
