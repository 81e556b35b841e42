import type { RecipientChanges } from '../../../organization/index.ts';

/** Names that the Set- cmdlets of all recipients change. */
export const setRecipientParameters = {
  DisplayName: { type: 'string', description: 'The name that people see; also the name of the object.' },
  Alias: { type: 'string', description: 'Unique short name.' },
} as const;

/** What the Set- cmdlets of people who sign in change besides. */
export const setUserParameters = {
  ...setRecipientParameters,
  CustomAttribute1: { type: 'string', refused: true, description: 'Custom attributes are not kept here.' },
  EmailAddressPolicyEnabled: { type: 'boolean', refused: true, description: 'Addresses follow policies only when Update-EmailAddressPolicy runs, for everybody.' },
  HiddenFromAddressListsEnabled: { type: 'boolean', refused: 'unlessFalse', description: 'Everybody is in the address list here.' },
  UserPrincipalName: { type: 'smtpAddress', description: 'Sign-in name.' },
  ImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
  AccountDisabled: { type: 'boolean', description: '$true keeps the account from signing in, and partners from acting for it.' },
  Password: { type: 'secret', description: 'A new password.' },
} as const;

/** The target address of whoever has the mail elsewhere. */
export const externalEmailAddress = { type: 'smtpAddress', description: 'The target address: where mail and free/busy really are.' } as const;

export function nameChanges(given: { DisplayName?: string; Alias?: string }): RecipientChanges {
  return { ...(given.DisplayName && { displayName: given.DisplayName }), ...(given.Alias && { alias: given.Alias }) };
}

export function userChanges(given: { DisplayName?: string; Alias?: string; UserPrincipalName?: string; ImmutableId?: string | null; AccountDisabled?: boolean }): RecipientChanges {
  return {
    ...nameChanges(given),
    ...(given.UserPrincipalName && { userPrincipalName: given.UserPrincipalName }),
    ...(given.ImmutableId === undefined ? {} : { immutableId: given.ImmutableId }),
    ...(given.AccountDisabled === undefined ? {} : { accountDisabled: given.AccountDisabled }),
  };
}
