import { z } from 'zod';
import { httpsUrl, shortText } from '../property-schemas.ts';

/** What the virtual directories of a server have in common. Their name is `SERVER\EWS (Default Web Site)`. */
export interface VirtualDirectory {
  LiveIdNegotiateAuthentication: boolean | null;
  WSSecurityAuthentication: boolean;
  LiveIdBasicAuthentication: boolean;
  BasicAuthentication: boolean;
  DigestAuthentication: boolean;
  WindowsAuthentication: boolean;
  OAuthAuthentication: boolean;
  AdfsAuthentication: boolean;
  /** Channel binding: `Require` refuses clients that a TLS-terminating intermediary stands before. */
  ExtendedProtectionTokenChecking: 'None' | 'Allow' | 'Require';
  ExtendedProtectionFlags: string[];
  ExtendedProtectionSPNList: string[];
  Server: string;
  InternalUrl: string | null;
  ExternalUrl: string | null;
}

/** zod shapes of the common properties; `BasicAuthentication` differs in its default. */
export function virtualDirectoryShape(basicAuthentication: boolean): Record<keyof VirtualDirectory, z.ZodType> {
  return {
    LiveIdNegotiateAuthentication: z.boolean().nullable().default(null),
    WSSecurityAuthentication: z.boolean().default(true),
    LiveIdBasicAuthentication: z.boolean().default(false),
    BasicAuthentication: z.boolean().default(basicAuthentication),
    DigestAuthentication: z.boolean().default(false),
    WindowsAuthentication: z.boolean().default(true),
    OAuthAuthentication: z.boolean().default(true),
    AdfsAuthentication: z.boolean().default(false),
    ExtendedProtectionTokenChecking: z.enum(['None', 'Allow', 'Require']).default('None'),
    ExtendedProtectionFlags: z.array(shortText).max(16).default([]),
    ExtendedProtectionSPNList: z.array(shortText).max(64).default([]),
    Server: shortText.min(1, 'may not be empty'),
    InternalUrl: httpsUrl.nullable().default(null),
    ExternalUrl: httpsUrl.nullable().default(null),
  };
}

/** `EWS (Default Web Site)` also finds `SERVER\EWS (Default Web Site)`. */
export function virtualDirectoryIdentities(name: string): readonly string[] {
  return name.includes('\\') ? [name.slice(name.indexOf('\\') + 1)] : [];
}
