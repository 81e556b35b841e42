/** The names of the lab's world: one company, on both sides, as its administrators know it. */
export const labNames = {
  company: 'Contoso',
  /** SMTP domain of everybody, wherever the mailbox is. */
  domain: 'contoso.test',
  /** The tenant's initial domain, and its routing domain for mail and free/busy. */
  tenantDomain: 'contoso.onmicrosoft.test',
  coexistenceDomain: 'contoso.mail.onmicrosoft.test',
  onPremises: { mail: 'mail.contoso.test', smtp: 'mail.contoso.test', autodiscover: 'autodiscover.contoso.test', server: 'EX1', version: 'Version 15.2 (Build 2562.41)' },
  cloud: { mail: 'outlook.cloud.test', smtp: 'mail.protection.cloud.test', autodiscover: 'autodiscover-s.cloud.test', server: 'AM0PR01MB0001', version: 'Version 15.20 (Build 8158.12)' },
  /** Where the tenant's routing domain is asked for, as the service points it to itself. */
  routingAutodiscover: 'autodiscover.contoso.mail.onmicrosoft.test',
  sts: 'login.cloud.test',
  /** Where the tenant's directory is administered. */
  directory: 'graph.cloud.test',
  relay: 'relay.test',
} as const;

/** What this machine calls itself; certificates hold it too, so that outside clients need no name resolution. */
export const thisMachine = ['localhost', '127.0.0.1'] as const;
