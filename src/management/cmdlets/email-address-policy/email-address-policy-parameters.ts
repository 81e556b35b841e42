import type { ConfigurationProperties } from '../../../organization/index.ts';
import { includedRecipients } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { applyMultiValued, valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';

/** What New- and Set-EmailAddressPolicy both take. */
export const emailAddressPolicyParameters = {
  EnabledEmailAddressTemplates: { type: 'string', many: true, description: 'SMTP:%m@contoso.com for the primary address, smtp: for others. %m alias, %d display name, %g given name, %s surname, %1g its first letter.' },
  EnabledPrimarySMTPAddressTemplate: { type: 'string', description: 'The primary address alone: %m@contoso.com.' },
  IncludedRecipients: { type: includedRecipients, many: true, side: 'OnPremises', description: 'Whom it is for; default AllRecipients.' },
  RecipientFilter: { type: 'string', side: 'OnPremises', description: "Whom it is for, by a filter of their properties: RecipientTypeDetails -eq 'RoomMailbox'. Instead of -IncludedRecipients." },
  Priority: { type: 'integer', description: 'Of several that fit a recipient, the lowest counts. Default 1.' },
} as const;

type Policy = ConfigurationProperties['EmailAddressPolicy'];

interface GivenPolicy {
  EnabledEmailAddressTemplates?: MultiValued;
  EnabledPrimarySMTPAddressTemplate?: string;
  IncludedRecipients?: MultiValued;
  RecipientFilter?: string;
  Priority?: number;
}

/** The properties that parameters ask for. @throws ManagementError `MANAGEMENT_PARAMETER_INVALID` for a filter that cannot be read, or what excludes each other */
export function policyProperties(given: GivenPolicy, former: readonly string[] = []): Partial<Policy> {
  const { EnabledEmailAddressTemplates, EnabledPrimarySMTPAddressTemplate, IncludedRecipients, RecipientFilter, Priority } = given;
  const together = EnabledEmailAddressTemplates !== undefined && EnabledPrimarySMTPAddressTemplate !== undefined ? ['EnabledEmailAddressTemplates', 'EnabledPrimarySMTPAddressTemplate'] : IncludedRecipients !== undefined && RecipientFilter !== undefined ? ['IncludedRecipients', 'RecipientFilter'] : undefined;
  if (together !== undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { facts: { together }, remedy: `Use either -${together.join(' or -')}.` });
  if (RecipientFilter !== undefined) readRecipientFilter(RecipientFilter, 'RecipientFilter');
  return {
    ...(EnabledEmailAddressTemplates === undefined ? {} : { EnabledEmailAddressTemplates: applyMultiValued(former, EnabledEmailAddressTemplates) }),
    ...(EnabledPrimarySMTPAddressTemplate === undefined ? {} : { EnabledEmailAddressTemplates: [`SMTP:${EnabledPrimarySMTPAddressTemplate.replace(/^smtp:/i, '')}`] }),
    ...(IncludedRecipients === undefined ? {} : { IncludedRecipients: [...valuesOf(IncludedRecipients)] as Policy['IncludedRecipients'], RecipientFilter: null }),
    ...(RecipientFilter === undefined ? {} : { RecipientFilter }),
    ...(Priority === undefined ? {} : { Priority }),
  };
}
