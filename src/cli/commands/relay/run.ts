import { startRelay } from '../../../relay/index.ts';
import { openServiceLogs, runService, saveMemory } from '../../../service/index.ts';
import type { Surroundings } from '../../../service/index.ts';
import { relayOptions } from '../../configuration/relay-configuration.ts';
import { serviceLogSettings } from '../../configuration/service-log-settings.ts';
import type { RelayPlace } from './relay-place.ts';
import { loadRelayConfiguration } from './relay-place.ts';

/** `hybridge relay --config FILE`: the relay as a service, until a signal ends it. Returns the exit code. */
export async function runRelay(place: RelayPlace, surroundings: Surroundings): Promise<number> {
  saveMemory();
  const configuration = loadRelayConfiguration(place, surroundings.env);
  const logs = openServiceLogs('relay', serviceLogSettings(configuration));
  const options = relayOptions(configuration, logs);
  return runService({ logs, surroundings, drainMs: configuration.settings.drainSeconds * 1000, start: () => startRelay(options) });
}
