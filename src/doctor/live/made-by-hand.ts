/** What to know of a recipient that a repair makes, since no organisation tells whether it is synchronised. */
export const madeByHand = 'The object is made by hand, which is right where nothing synchronises the person. Where something does, bring the person into its scope instead (Start-ADSyncSyncCycle -PolicyType Delta on its server).';
