import { coveringName, mailCertificates } from '../../../wizard/index.ts';
import type { SetupChoices } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import type { PageOptions } from './person.ts';
import { agree, choose, heading } from './person.ts';

/** Mail between the organisations: whether, under which name, with which certificate, and which way mail to the outside goes. */
export async function askMail(options: PageOptions): Promise<Pick<SetupChoices, 'mail'>> {
  const { snapshot, person, print, terminal } = options;
  const { OnPremises, Cloud } = snapshot.sides;
  // Sides without the cmdlets have nothing to be asked about.
  if ((OnPremises?.seen['Get-SendConnector'] ?? null) === null || (Cloud?.seen['Get-InboundConnector'] ?? null) === null) return {};
  heading(options, 'Mail flow', 'Connectors on both sides, by which mail between the organisations is encrypted and counts as internal. The agent carries no mail: Exchange Online connects to TCP 25 of on-premises servers.');
  const certificates = mailCertificates(snapshot);
  if (certificates.length === 0) {
    print(wrap('No certificate with a host name and a key is in the on-premises store, so mail is left as it is.', terminal.width).join('\n'));
    return {};
  }
  if (!(await agree(options, 'Set secure mail up?', false))) return {};
  const usual = certificates.flatMap(({ names }) => names).find((name) => !name.startsWith('*.')) ?? '';
  let host = '';
  while (!certificates.some((certificate) => coveringName(certificate, host) !== undefined)) {
    if (host !== '') print(wrap(`No certificate has the name ${host}. There are: ${certificates.flatMap(({ names }) => names).join(', ')}.`, terminal.width).join('\n'));
    host = (await person.ask('Name under which Exchange Online delivers?', usual)).trim();
  }
  const fitting = certificates.filter((certificate) => coveringName(certificate, host) !== undefined);
  const certificate = await choose(options, 'Certificate', 'Servers show it on both ways; Exchange Online takes those of public authorities.', fitting.map(({ thumbprint, subject, notAfter, isSelfSigned }) => ({ value: thumbprint, title: subject, text: `${thumbprint}, until ${new Date(notAfter).toISOString().slice(0, 10)}${isSelfSigned ? ', self-signed' : ''}` })), 0);
  heading(options, 'Centralised mail transport', 'All mail of cloud users to the outside goes through on-premises servers: for those who must journal or filter it there.');
  return { mail: { host, certificate, centralized: await agree(options, 'Send it through on premises?', false) } };
}
