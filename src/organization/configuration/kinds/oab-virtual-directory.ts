import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl, shortText } from '../property-schemas.ts';
import { virtualDirectoryIdentities } from './virtual-directory.ts';

/** Get-OabVirtualDirectory: how the offline address books of one server are reached and signed in to. */
export interface OabVirtualDirectory {
  /** Minutes between looks for new address books; shown, not acted on. */
  PollInterval: number;
  OfflineAddressBooks: string[];
  RequireSSL: boolean;
  BasicAuthentication: boolean;
  WindowsAuthentication: boolean;
  OAuthAuthentication: boolean;
  ExtendedProtectionTokenChecking: 'None' | 'Allow' | 'Require';
  ExtendedProtectionFlags: string[];
  ExtendedProtectionSPNList: string[];
  Server: string;
  InternalUrl: string | null;
  ExternalUrl: string | null;
}

export const oabVirtualDirectory: ConfigurationKind<OabVirtualDirectory> = {
  kind: 'OabVirtualDirectory',
  schema: z.strictObject({
    PollInterval: z.int().min(0).max(71_582).default(480),
    OfflineAddressBooks: z.array(shortText).max(64).default([]),
    RequireSSL: z.boolean().default(true),
    BasicAuthentication: z.boolean().default(false),
    WindowsAuthentication: z.boolean().default(true),
    OAuthAuthentication: z.boolean().default(true),
    ExtendedProtectionTokenChecking: z.enum(['None', 'Allow', 'Require']).default('None'),
    ExtendedProtectionFlags: z.array(shortText).max(16).default([]),
    ExtendedProtectionSPNList: z.array(shortText).max(64).default([]),
    Server: shortText.min(1, 'may not be empty'),
    InternalUrl: httpsUrl.nullable().default(null),
    ExternalUrl: httpsUrl.nullable().default(null),
  }),
  identities: virtualDirectoryIdentities,
};
