import { z } from 'zod';
import { isSmtpDomain } from '../../smtp-address.ts';
import type { ConfigurationKind } from '../configuration-kind.ts';

export const includedRecipients = ['AllRecipients', 'MailboxUsers', 'MailContacts', 'MailUsers', 'Resources'] as const;

/** Get-EmailAddressPolicy: which addresses recipients get. Of several policies that fit a recipient, the one with the lowest number counts. */
export interface EmailAddressPolicy {
  /** `SMTP:%m@contoso.com` for the primary address, `smtp:` for the others. */
  EnabledEmailAddressTemplates: string[];
  IncludedRecipients: (typeof includedRecipients)[number][];
  /** A filter of recipients' properties, which counts instead of IncludedRecipients. */
  RecipientFilter: string | null;
  Priority: number;
  Enabled: boolean;
}

const template = z.string().trim().max(256).refine(isTemplate, 'must be smtp:%m@domain, with %m (alias), %d (display name), %g (given name), %s (surname), %1g and the like');

export const emailAddressPolicy: ConfigurationKind<EmailAddressPolicy> = {
  kind: 'EmailAddressPolicy',
  schema: z.strictObject({
    EnabledEmailAddressTemplates: z.array(template).min(1, 'may not be empty').max(64),
    IncludedRecipients: z.array(z.enum(includedRecipients)).min(1).default(['AllRecipients']),
    RecipientFilter: z.string().trim().min(1).max(4096).nullable().default(null),
    Priority: z.int().min(1, 'begins at 1').max(2_147_483_646).default(1),
    Enabled: z.boolean().default(true),
  }),
};

function isTemplate(text: string): boolean {
  const address = text.replace(/^smtp:/i, '');
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/%(?:[mdgs]|[1-9][gsm])/g, 'x');
  return at >= 0 && isSmtpDomain(address.slice(at + 1)) && /^[A-Za-z0-9._-]*$/.test(local);
}
