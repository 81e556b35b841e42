import { z } from 'zod';
import { isSmtpDomain } from '../../smtp-address.ts';
import type { ConfigurationKind } from '../configuration-kind.ts';

const levels = ['CalendarSharingFreeBusySimple', 'CalendarSharingFreeBusyDetail', 'CalendarSharingFreeBusyReviewer', 'ContactsSharing'];

/** Get-SharingPolicy: what people may share with people of other organisations by themselves. Kept; invitations to share are not built. */
export interface SharingPolicy {
  /** `domain: action, action`; the domain may be `*` or `Anonymous`. */
  Domains: string[];
  Enabled: boolean;
  Default: boolean;
}

export const sharingPolicy: ConfigurationKind<SharingPolicy> = {
  kind: 'SharingPolicy',
  schema: z.strictObject({
    Domains: z
      .array(z.string().trim().max(1024).refine(isSharing, `must be domain: action, with the actions ${levels.join(', ')}`))
      .max(250)
      .default([]),
    Enabled: z.boolean().default(true),
    Default: z.boolean().default(false),
  }),
};

function isSharing(text: string): boolean {
  const colon = text.indexOf(':');
  const domain = text.slice(0, colon).trim();
  const actions = text.slice(colon + 1).split(',').map((action) => action.trim().toLowerCase());
  return colon > 0 && (domain === '*' || domain.toLowerCase() === 'anonymous' || isSmtpDomain(domain)) && actions.every((action) => levels.some((level) => level.toLowerCase() === action));
}
