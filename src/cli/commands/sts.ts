import { resolve } from 'node:path';
import { startSts } from '../../identity/index.ts';
import { loadConfiguration, openServiceLogs, runService } from '../../service/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { serviceLogSettings } from '../configuration/service-log-settings.ts';
import { stsConfigurationSchema, stsOptions } from '../configuration/sts-configuration.ts';

/** `hybridge sts --config FILE`: the token service, until a signal ends it. Returns the exit code. */
export async function runSts({ config }: { config: string }, surroundings: Surroundings): Promise<number> {
  const configuration = loadConfiguration({ file: resolve(config), schema: stsConfigurationSchema, prefix: 'HYBRIDGE_STS', environment: surroundings.env });
  const logs = openServiceLogs('sts', serviceLogSettings(configuration));
  const options = stsOptions(configuration, logs);
  return runService({
    logs,
    surroundings,
    drainMs: configuration.settings.drainSeconds * 1000,
    async start() {
      const running = await startSts(options);
      logs.log.info(running.urls, 'token service started');
      return running;
    },
  });
}
