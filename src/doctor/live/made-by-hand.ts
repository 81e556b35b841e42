/** What to know of a recipient that a repair makes, since no organisation tells whether it is synchronised. */
export const madeByHand = 'The object is made by hand, which is right where nothing synchronises the person. Where something does, bring the person into its scope instead (Start-ADSyncSyncCycle -PolicyType Delta on its server).';

/** The sign-in name of a mail user that New-MailUser makes: each side has its own parameter for it. */
export function signInName(side: 'OnPremises' | 'Cloud', name: string): Readonly<Record<string, string>> {
  return side === 'Cloud' ? { MicrosoftOnlineServicesID: name } : { UserPrincipalName: name };
}
