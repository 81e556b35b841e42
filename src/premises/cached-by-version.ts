import type { SettingsVersion } from './settings-version.ts';

/**
 * Something built from configuration objects, built anew only after one of them has changed. Calls that come while it
 * is being built share the one build; a build that failed is tried again by the next call.
 */
export function cachedByVersion<T>(settings: Pick<SettingsVersion, 'version'>, build: () => Promise<T>): () => Promise<T> {
  let built: { version: number; value: Promise<T> } | undefined;
  return () => {
    const { version } = settings;
    if (built === undefined || built.version !== version) {
      const value = build();
      const entry = { version, value };
      built = entry;
      value.catch(() => {
        if (built === entry) built = undefined;
      });
    }
    return built.value;
  };
}
