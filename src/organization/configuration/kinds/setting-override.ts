import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-SettingOverride: switches a feature of the server software on or off. */
export interface SettingOverride {
  ComponentName: string;
  SectionName: string;
  /** `Name=value`. */
  Parameters: string[];
  Reason: string;
  /** Servers that it is for; null is all of them. */
  Server: string[] | null;
  MinVersion: string | null;
  MaxVersion: string | null;
  FixVersion: string | null;
  ModifiedBy: string;
}

const version = z.string().regex(/^\d{1,4}(?:\.\d{1,5}){3}$/, 'must be a version like 15.2.2562.17').nullable().default(null);

export const settingOverride: ConfigurationKind<SettingOverride> = {
  kind: 'SettingOverride',
  schema: z.strictObject({
    ComponentName: shortText.min(1, 'may not be empty'),
    SectionName: shortText.min(1, 'may not be empty'),
    Parameters: z.array(z.string().max(1024).regex(/^[^=]+=/, 'must be Name=value')).min(1, 'may not be empty').max(32),
    Reason: shortText.default(''),
    Server: z.array(shortText).max(256).nullable().default(null),
    MinVersion: version,
    MaxVersion: version,
    FixVersion: version,
    ModifiedBy: shortText.default(''),
  }),
};
