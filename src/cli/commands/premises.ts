import { join, resolve } from 'node:path';
import { systemClock, makeFolder } from '../../foundation/index.ts';
import { openOrganization } from '../../organization/index.ts';
import { initializeOrganization, startPremises } from '../../premises/index.ts';
import { loadConfiguration, openServiceLogs, runService } from '../../service/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { premisesConfigurationSchema, premisesOptions } from '../configuration/premises-configuration.ts';
import type { PremisesConfiguration } from '../configuration/premises-configuration.ts';
import { serviceLogSettings } from '../configuration/service-log-settings.ts';

const serverVersions = { OnPremises: 'Version 15.2 (Build 2562.41)', Cloud: 'Version 15.20 (Build 10100.22)' } as const;

/** `hybridge premises --config FILE`: one organisation, until a signal ends it. Returns the exit code. */
export async function runPremises({ config }: { config: string }, surroundings: Surroundings): Promise<number> {
  const configuration = loadConfiguration({ file: resolve(config), schema: premisesConfigurationSchema, prefix: 'HYBRIDGE_PREMISES', environment: surroundings.env });
  const logs = openServiceLogs('premises', serviceLogSettings(configuration));
  const options = premisesOptions(configuration, logs);
  const directory = configuration.path(configuration.settings.stateDirectory);
  return runService({
    logs,
    surroundings,
    drainMs: configuration.settings.drainSeconds * 1000,
    async start() {
      makeFolder(directory, { mode: 0o700 });
      const { ntlm } = configuration.settings;
      const hashes = ntlm === undefined ? {} : { ntlm: { keyFile: configuration.path(ntlm.keyFile) } };
      const organization = await openOrganization({ file: join(directory, 'organization.sqlite'), log: logs.log, ...hashes });
      try {
        await beginOrganization(configuration, organization);
        const running = await startPremises({ ...options, organization });
        logs.log.info({ ...running.urls, ports: running.ports }, 'organisation started');
        return {
          async close(graceMs?: number) {
            await running.close(graceMs);
            await organization.close();
          },
        };
      } catch (error) {
        await organization.close();
        throw error;
      }
    },
  });
}

/** Gives an organisation that has no server yet what `initial` says. */
async function beginOrganization({ settings, secret }: PremisesConfiguration, organization: Awaited<ReturnType<typeof openOrganization>>): Promise<void> {
  const { initial } = settings;
  if (initial === undefined || (await organization.configuration.list('ExchangeServer')).length > 0) return;
  await initializeOrganization({
    organization,
    displayName: initial.organizationName,
    server: { name: initial.serverName, fqdn: initial.serverFqdn, version: serverVersions[settings.side] },
    acceptedDomains: initial.acceptedDomains,
    administrator: { userPrincipalName: initial.administrator, password: secret('initial.administratorPassword', initial.administratorPassword) },
    clock: systemClock,
  });
}
