import type { Surroundings } from '../../../service/index.ts';
import { checkConfiguration, checkOf } from '../../configuration/check-configuration.ts';
import { relayConfigurationSchema, relayOptions } from '../../configuration/relay-configuration.ts';
import type { RelayPlace } from './relay-place.ts';
import { relayConfigurationFile } from './relay-place.ts';

export const relayCheck = checkOf('a relay', relayConfigurationSchema, 'HYBRIDGE_RELAY', relayOptions);

/** `hybridge relay check`: 0, or 78 with every mistake of the configuration on a line of its own. Returns the exit code. */
export function checkRelay(place: RelayPlace, surroundings: Surroundings): number {
  return checkConfiguration(relayCheck, relayConfigurationFile(place, surroundings.env), place, surroundings);
}
