import type { TestContext } from 'node:test';
import { createLog, systemClock, systemDial } from '../foundation/index.ts';
import type { Clock, Dial } from '../foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../identity/index.ts';
import { openOrganization } from '../organization/index.ts';
import type { Item, Organization, Recipient } from '../organization/index.ts';
import { createTransport } from './create-transport.ts';
import type { Transport } from './create-transport.ts';
import type { RetrySchedule } from './queue-worker.ts';

/** One half of a hybrid, with one person of its own; the other half's person is a mail user in it. */
export interface TestSide {
  organization: Organization;
  transport: Transport;
  own: Recipient;
  port: number;
  /** Stops and starts the transport, as a server does that is switched off. */
  restart(): Promise<void>;
  /** The items of a folder of the own mailbox once one fits; what has come by then. */
  waitFor(folder: 'inbox' | 'calendar' | 'deleteditems', fits: (item: Item) => boolean, who?: Recipient): Promise<Item>;
}

export interface TestHybrid {
  premises: TestSide;
  cloud: TestSide;
  /** PEM of a certificate for these names by the authority that both trust. */
  issue(hosts: readonly string[]): Promise<{ cert: string; key: string }>;
  ca: string;
  /** Where a host leads; nowhere (`ECONNREFUSED`) when it is not there. */
  hosts: Map<string, number>;
  failures: string[];
}

const quick: RetrySchedule = { intervalsMs: [50], expiresMs: 86_400_000 };

/** Two organisations with hybrid mail flow between them, as the wizard would set it up, on loopback. */
export async function openTestHybrid(t: TestContext, options: { schedule?: RetrySchedule; clock?: Clock } = {}): Promise<TestHybrid> {
  const clock = options.clock ?? systemClock;
  const authority = await createCertificateAuthority({ commonName: 'Test CA', clock, days: 30 });
  const issue = async (hosts: readonly string[]): Promise<{ cert: string; key: string }> => {
    const { certificate, privateKey } = await issueServerCertificate(authority, { hosts: [...hosts], days: 30, clock, isClient: true });
    return { cert: certificate, key: privateKey };
  };
  const hosts = new Map<string, number>();
  const dial: Dial = (host, port, signal) => (hosts.has(`${host}:${port}`) ? systemDial('127.0.0.1', hosts.get(`${host}:${port}`) ?? 1, signal) : Promise.reject(Object.assign(new Error(`connect ECONNREFUSED ${host}`), { code: 'ECONNREFUSED' })));
  const failures: string[] = [];
  const open = async (side: 'OnPremises' | 'Cloud', name: string, own: string, other: string, target: string): Promise<TestSide> => {
    const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 }, clock });
    const { directory, configuration } = organization;
    await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', Default: true });
    await configuration.create('AcceptedDomain', 'contoso.mail.onmicrosoft.test', { DomainName: 'contoso.mail.onmicrosoft.test' });
    const address = (person: string): string => `${person}@contoso.test`;
    const isCloud = side === 'Cloud';
    const person = await directory.create({ recipientTypeDetails: 'UserMailbox', displayName: own, userPrincipalName: address(own), primarySmtpAddress: address(own), emailAddresses: [address(own), ...(isCloud ? [`${own}@contoso.mail.onmicrosoft.test`] : [])], timeZone: 'W. Europe Standard Time' });
    await directory.create({ recipientTypeDetails: isCloud ? 'MailUser' : 'RemoteUserMailbox', displayName: other, userPrincipalName: address(other), primarySmtpAddress: address(other), externalEmailAddress: target });
    const tls = { tlsDomain: isCloud ? 'mail.contoso.test' : 'mail.cloud.test' };
    if (isCloud) {
      await configuration.create('OutboundConnector', 'Outbound', { ConnectorType: 'OnPremises', RecipientDomains: ['contoso.test'], SmartHosts: ['mail.contoso.test'], UseMXRecord: false, TlsSettings: 'DomainValidation', TlsDomain: tls.tlsDomain, CloudServicesMailEnabled: true });
      await configuration.create('InboundConnector', 'Inbound', { ConnectorType: 'OnPremises', SenderDomains: ['*'], TlsSenderCertificateName: tls.tlsDomain, CloudServicesMailEnabled: true });
    } else {
      await configuration.create('SendConnector', 'Outbound', { AddressSpaces: ['smtp:contoso.mail.onmicrosoft.test;1'], SmartHosts: ['mail.cloud.test'], DNSRoutingEnabled: false, RequireTLS: true, TlsAuthLevel: 'DomainValidation', TlsDomain: tls.tlsDomain, CloudServicesMailEnabled: true });
      await configuration.create('ReceiveConnector', 'Default Frontend EX1', { Server: 'EX1', TlsDomainCapabilities: [`${tls.tlsDomain}:AcceptCloudServicesMail`] });
    }
    const log = createLog(name, { level: 'error', destination: { write: (line) => void failures.push(line) } });
    const certificate = await issue([name]);
    const start = async (): Promise<{ transport: Transport; port: number }> => {
      const transport = createTransport({ organization, side, serverName: name, dial, ca: authority.certificate, certificate, resolveMx: () => Promise.resolve([]), schedule: options.schedule ?? quick, clock, log });
      const { port } = await transport.listen({});
      hosts.set(`${name}:25`, port);
      return { transport, port };
    };
    let running = await start();
    t.after(async () => {
      await running.transport.close(0);
      await organization.close();
    });
    const result: TestSide = {
      organization,
      own: person,
      ...running,
      async restart() {
        await running.transport.close(0);
        running = await start();
        Object.assign(result, running);
      },
      async waitFor(folder, fits, who = person) {
        const mailbox = organization.mailboxes.of(who.guid);
        const { id } = await mailbox.folders.distinguished(folder);
        for (;;) {
          const { entries } = await mailbox.items.find(id, { limit: 100 });
          const found = entries.find(fits);
          if (found !== undefined) return found;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
    };
    return result;
  };
  const premises = await open('OnPremises', 'mail.contoso.test', 'anna', 'bert', 'bert@contoso.mail.onmicrosoft.test');
  const cloud = await open('Cloud', 'mail.cloud.test', 'bert', 'anna', 'anna@contoso.test');
  return { premises, cloud, issue, ca: authority.certificate, hosts, failures };
}
