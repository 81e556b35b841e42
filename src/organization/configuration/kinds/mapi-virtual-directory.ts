import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl, shortText } from '../property-schemas.ts';
import { virtualDirectoryIdentities } from './virtual-directory.ts';

/** The sign-in methods that `-IISAuthenticationMethods` takes, in the order in which Exchange shows them. */
export const iisAuthenticationMethods = ['Basic', 'Ntlm', 'OAuth', 'Negotiate'] as const;

/** Get-MapiVirtualDirectory: how MAPI over HTTP of one server is reached and signed in to. Its methods are one list, not single switches. */
export interface MapiVirtualDirectory {
  IISAuthenticationMethods: (typeof iisAuthenticationMethods)[number][];
  ExtendedProtectionTokenChecking: 'None' | 'Allow' | 'Require';
  ExtendedProtectionFlags: string[];
  ExtendedProtectionSPNList: string[];
  Server: string;
  InternalUrl: string | null;
  ExternalUrl: string | null;
}

export const mapiVirtualDirectory: ConfigurationKind<MapiVirtualDirectory> = {
  kind: 'MapiVirtualDirectory',
  schema: z.strictObject({
    IISAuthenticationMethods: z
      .array(z.enum(iisAuthenticationMethods))
      .transform((methods) => [...new Set(methods)])
      .default(['Ntlm', 'OAuth', 'Negotiate']),
    ExtendedProtectionTokenChecking: z.enum(['None', 'Allow', 'Require']).default('None'),
    ExtendedProtectionFlags: z.array(shortText).max(16).default([]),
    ExtendedProtectionSPNList: z.array(shortText).max(64).default([]),
    Server: shortText.min(1, 'may not be empty'),
    InternalUrl: httpsUrl.nullable().default(null),
    ExternalUrl: httpsUrl.nullable().default(null),
  }),
  identities: virtualDirectoryIdentities,
};
