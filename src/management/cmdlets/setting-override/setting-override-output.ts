import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A setting override as Get-SettingOverride shows it, in published order. */
export function settingOverrideOutput(stored: Stored<'SettingOverride'>): OutputObject {
  const { ComponentName, SectionName, ModifiedBy, Reason, MinVersion, MaxVersion, FixVersion, Server, Parameters } = stored.properties;
  return { ComponentName, SectionName, ModifiedBy, Reason, MinVersion, MaxVersion, FixVersion, Server, Parameters, Status: 'Accepted', ...objectTail({ ...stored, identity: stored.name }) };
}
