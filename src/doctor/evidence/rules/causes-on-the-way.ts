/** By failure: the cause that lies before Exchange, so that no log of Exchange has a line of the request. */
export const causesOnTheWay: Readonly<Record<string, string>> = { FB10: 'fb10-preauthentication', FB13: 'fb13-preauthentication', FB4: 'fb4-firewall' };
