import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessLogEntry } from '../../../src/foundation/index.ts';
import { systemClock, systemDial } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';
import { openOrganization } from '../../../src/organization/index.ts';
import type { Organization } from '../../../src/organization/index.ts';
import { startPremises } from '../../../src/premises/index.ts';

export interface NtlmPremises {
  organization: Organization;
  /** Of the public listener. The certificate is for `mail.contoso.test` and 127.0.0.1. */
  port: number;
  ca: string;
  /** A file with `ca`. */
  caFile: string;
  accessLog: AccessLogEntry[];
  setDirectory(changes: { WindowsAuthentication?: boolean; ExtendedProtectionTokenChecking?: 'None' | 'Allow' | 'Require' }): Promise<void>;
  close(): Promise<void>;
}

export const host = 'mail.contoso.test';
/** By alias. */
export const passwords = { bert: 'Pa$$w0rd', carla: 'Größe 2026 €' } as const;

/** An organisation that speaks NTLM and nothing else at EWS, with a few people. */
export async function startNtlmPremises(): Promise<NtlmPremises> {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-ntlm-'));
  const organization = await openOrganization({
    file: join(folder, 'organization.sqlite'),
    passwordCost: { cost: 16, blockSize: 8, parallelization: 1 },
    ntlm: { keyFile: join(folder, 'nt-hash.key') },
  });
  const { configuration, directory } = organization;
  await configuration.create('ExchangeServer', 'EX1', { Fqdn: host, AdminDisplayVersion: 'Version 15.2 (Build 2562.41)' });
  const ews = await configuration.create('WebServicesVirtualDirectory', 'EX1\\EWS (Default Web Site)', { Server: 'EX1', OAuthAuthentication: false, BasicAuthentication: false });
  await configuration.create('AutodiscoverVirtualDirectory', 'EX1\\Autodiscover (Default Web Site)', { Server: 'EX1', OAuthAuthentication: false, BasicAuthentication: false });
  for (const [alias, password] of Object.entries(passwords)) {
    const address = `${alias}@contoso.test`;
    const { guid } = await directory.create({ recipientTypeDetails: 'UserMailbox', displayName: alias, alias, userPrincipalName: address, primarySmtpAddress: address, timeZone: 'UTC' });
    await directory.setPassword(guid, password);
  }
  const authority = await createCertificateAuthority({ commonName: 'NTLM test', clock: systemClock });
  const { certificate: cert, privateKey: key } = await issueServerCertificate(authority, { hosts: [host, '127.0.0.1'], days: 2, clock: systemClock });
  const accessLog: AccessLogEntry[] = [];
  const running = await startPremises({
    organization,
    side: 'OnPremises',
    tenantId: 'contoso.test',
    public: { cert, key },
    admin: { cert, key },
    dial: systemDial,
    ntlm: true,
    accessLog: { write: (entry) => void accessLog.push(entry), close: () => Promise.resolve() },
  });
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authority.certificate);
  return {
    organization,
    port: running.ports.public,
    ca: authority.certificate,
    caFile,
    accessLog,
    async setDirectory(changes) {
      await configuration.update('WebServicesVirtualDirectory', ews.name, changes);
    },
    async close() {
      await running.close(0);
      await organization.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A question about free/busy in bert's calendar: what an EWS client asks. */
export const availabilityRequest = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
  <soap:Header><t:RequestServerVersion Version="Exchange2013"/></soap:Header>
  <soap:Body>
    <m:GetUserAvailabilityRequest>
      <t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>
      <m:MailboxDataArray><t:MailboxData><t:Email><t:Address>bert@contoso.test</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData></m:MailboxDataArray>
      <t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-11-21T00:00:00</t:StartTime><t:EndTime>2026-11-22T00:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusy</t:RequestedView></t:FreeBusyViewOptions>
    </m:GetUserAvailabilityRequest>
  </soap:Body>
</soap:Envelope>`;
