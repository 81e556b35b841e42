import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A setting override as Get-SettingOverride shows it. */
export function settingOverrideOutput(stored: Stored<'SettingOverride'>): OutputObject {
  const { ComponentName, SectionName, ...rest } = stored.properties;
  return { ComponentName, SectionName, Status: 'Accepted', ...rest, ...objectTail({ ...stored, identity: stored.name }) };
}
