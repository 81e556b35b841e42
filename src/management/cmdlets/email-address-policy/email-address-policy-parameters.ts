import { includedRecipients } from '../../../organization/index.ts';

/** What New- and Set-EmailAddressPolicy both take. */
export const emailAddressPolicyParameters = {
  EnabledEmailAddressTemplates: { type: 'string', many: true, description: 'SMTP:%m@contoso.com for the primary address, smtp: for others. %m alias, %d display name, %g given name, %s surname, %1g its first letter.' },
  IncludedRecipients: { type: includedRecipients, many: true, description: 'Whom it is for; default AllRecipients.' },
  Priority: { type: 'integer', description: 'Of several that fit a recipient, the lowest counts. Default 1.' },
} as const;
