import type { Clock } from '../foundation/index.ts';
import type { Configuration } from '../organization/index.ts';

/** The version of the configuration that a server goes by. */
export interface SettingsVersion {
  readonly version: number;
  /** Goes by what the configuration is now, as after an iisreset. */
  forget(): void;
}

/**
 * Servers of Exchange keep settings for a while: a switch takes effect minutes after it was set, or at once after an
 * iisreset. With `cacheMs` 0 a change counts at once; otherwise the configuration is looked at again `cacheMs` after the
 * last look.
 */
export function createSettingsVersion(configuration: Pick<Configuration, 'version'>, clock: Clock, cacheMs: number): SettingsVersion {
  let seen: { version: number; at: number } | undefined;
  return {
    get version() {
      const now = clock.now();
      // A clock that has been put back does not prolong anything.
      if (seen === undefined || now >= seen.at + cacheMs || now < seen.at) seen = { version: configuration.version, at: now };
      return seen.version;
    },
    forget() {
      seen = undefined;
    },
  };
}
