import type { RecipientChanges } from '../../../organization/index.ts';

/** Names that the Set- cmdlets of all recipients change. */
export const setRecipientParameters = {
  Name: { type: 'string', description: 'Name of the object, which is its display name here; -DisplayName wins over it.' },
  DisplayName: { type: 'string', description: 'The name that people see; also the name of the object.' },
  Alias: { type: 'string', description: 'Unique short name.' },
} as const;

/** What the Set- cmdlets of people who sign in change besides. */
export const setUserParameters = {
  ...setRecipientParameters,
  UserPrincipalName: { type: 'smtpAddress', aliases: ['MicrosoftOnlineServicesID'], description: 'Sign-in name.' },
  ImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
  AccountDisabled: { type: 'boolean', description: '$true keeps the account from signing in, and partners from acting for it.' },
  Password: { type: 'secret', description: 'A new password.' },
} as const;

/** The target address of whoever has the mail elsewhere. */
export const externalEmailAddress = { type: 'smtpAddress', description: 'The target address: where mail and free/busy really are.' } as const;

export function nameChanges(given: { Name?: string; DisplayName?: string; Alias?: string }): RecipientChanges {
  const displayName = given.DisplayName ?? given.Name;
  return { ...(displayName && { displayName }), ...(given.Alias && { alias: given.Alias }) };
}

export function userChanges(given: { Name?: string; DisplayName?: string; Alias?: string; UserPrincipalName?: string; ImmutableId?: string | null; AccountDisabled?: boolean }): RecipientChanges {
  return {
    ...nameChanges(given),
    ...(given.UserPrincipalName && { userPrincipalName: given.UserPrincipalName }),
    ...(given.ImmutableId === undefined ? {} : { immutableId: given.ImmutableId }),
    ...(given.AccountDisabled === undefined ? {} : { accountDisabled: given.AccountDisabled }),
  };
}
