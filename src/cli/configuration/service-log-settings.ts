import type { LoadedConfiguration } from '../../service/index.ts';

/** Level and folder of a party's logs, as its configuration has them. */
export function serviceLogSettings({ settings, path }: LoadedConfiguration<{ logLevel: string; accessLogDirectory?: string | undefined }>): { level: string; accessLogDirectory?: string } {
  const { logLevel, accessLogDirectory } = settings;
  return { level: logLevel, ...(accessLogDirectory === undefined ? {} : { accessLogDirectory: path(accessLogDirectory) }) };
}
