/** Application ids of Exchange Online and its neighbours, as published (Microsoft Learn, "Verify first-party Microsoft applications"). */
export const exchangeApplicationId = '00000002-0000-0ff1-ce00-000000000000';

/** Issuer identifier of the Access Control Service, left of `@{realm}` in the `iss` of an actor token. */
export const acsIssuerId = '00000001-0000-0000-c000-000000000000';

/** Microsoft Office, the public client with which Outlook signs in. */
export const outlookClientId = 'd3590ed6-52b3-4102-aeff-aad2292ab01c';

/** Subject of the certificate with which Exchange signs its assertions (`Get-AuthConfig`). */
export const authCertificateName = 'Microsoft Exchange Server Auth Certificate';
