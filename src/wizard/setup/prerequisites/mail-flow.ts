import { isTrue, listOf, textOf } from '../../observed.ts';
import { isFrontend } from '../../steps/receive-connectors.ts';
import { seenIn } from '../decide-settings.ts';
import { mailCertificates } from '../mail-certificates.ts';
import type { Prerequisite } from './prerequisite.ts';

/** What stands in the way of mail between the organisations, by the published codes where they fit. */
export const mailFlow: Prerequisite = {
  id: 'mail-flow',
  title: 'Mail flow',
  check({ snapshot, settings: { mail, coexistenceDomain, organizationGuid } }) {
    if (mail === undefined) return { outcome: 'met', found: 'It is left as it is.' };
    const own = `Outbound to Office 365 - ${organizationGuid}`.toLowerCase();
    const others = seenIn(snapshot, 'OnPremises', 'Get-SendConnector').filter((connector) => textOf(connector, 'Name').toLowerCase() !== own);
    const doubled = others.filter((connector) => /^Outbound to Office 365/i.test(textOf(connector, 'Name')));
    if (doubled.length > 0) return { outcome: 'failed', found: `HCW8011 - Another run has made Send connectors already: ${doubled.map((connector) => textOf(connector, 'Name')).join(', ')}.`, remedy: 'Remove those that nobody uses any more: Remove-SendConnector.' };
    const clashing = others.filter((connector) => isTrue(connector, 'Enabled') && listOf(connector, 'AddressSpaces').some((space) => space.replace(/^smtp:/i, '').replace(/;\d+$/, '').toLowerCase() === coexistenceDomain.toLowerCase()));
    if (clashing.length > 0) return { outcome: 'failed', found: `HCW8039 - The address space ${coexistenceDomain} belongs to another Send connector: ${clashing.map((connector) => textOf(connector, 'Name')).join(', ')}.`, remedy: 'Take the address space out of it: Set-SendConnector -AddressSpaces @{Remove=…}.' };
    const certificate = mailCertificates(snapshot).find(({ certificateName }) => certificateName === mail.certificateName);
    if (certificate?.isForSmtp === false) return { outcome: 'failed', found: `The certificate ${certificate.thumbprint} is not enabled for SMTP.`, remedy: `Enable-ExchangeCertificate -Thumbprint ${certificate.thumbprint} -Services SMTP` };
    const receive = snapshot.sides.OnPremises?.seen['Get-ReceiveConnector'];
    if (receive !== undefined && receive !== null && !receive.some(isFrontend)) return { outcome: 'failed', found: 'HCW8010 - No server has a default Receive connector (“Default Frontend …”).', remedy: 'Make it again as set-up of Exchange does, listening on 0.0.0.0:25 and [::]:25.' };
    if (certificate?.isSelfSigned === true) return { outcome: 'warning', found: `The certificate ${certificate.thumbprint} is self-signed.`, remedy: 'Exchange Online takes only certificates of public authorities; get one with this name.' };
    return { outcome: 'met', found: `${mail.host}, certificate ${certificate?.thumbprint ?? ''}${mail.isCentralized ? ', centralised mail transport' : ''}` };
  },
};
