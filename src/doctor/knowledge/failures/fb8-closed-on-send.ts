import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable } from '../references.ts';

export const closedOnSend: Failure = {
  id: 'FB8',
  title: 'An existing connection was forcibly closed by the remote host (on a send), toward Notes',
  message: 'Autodiscover failed for email address … with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverFailedException: The underlying connection was closed: An unexpected error occurred on a send.. The request information is Discovery URL : https://…/AutoDiscover/AutoDiscover.xml, EmailAddress : SMTP:… System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host',
  texts: ['The underlying connection was closed: An unexpected error occurred on a send.', 'The request information is Discovery URL : …'],
  // The German end is unverified: formed like that of FB7, which is quoted so.
  translations: ['Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden', 'La connexion sous-jacente a été fermée : Une erreur inattendue s’est produite lors de l’envoi', 'Se ha terminado la conexión: Error inesperado de envío'],
  marks: ['error occurred on a send'],
  directions: ['cloud → on-premises'],
  authentication: ['address space'],
  underneath: 'The domain belongs to an availability address space, so the caller asks the other system, here HCL (formerly IBM Lotus) Notes and Domino, for its plain Autodiscover (AutoDiscover.xml). The connection died while TLS was being negotiated: “on a send” means before any answer.',
  causes: [
    {
      id: 'fb8-firewall',
      title: 'A firewall resets the handshake toward the Domino server',
      why: 'The server is published for others, and Exchange Online’s addresses are not among them.',
      proof: [
        { on: 'cloud', run: 'Get-AvailabilityAddressSpace | Format-List', expect: 'ForestName is the domain of the person, TargetAutodiscoverEpr the server in the error' },
        { on: 'network', act: 'Firewall log: resets toward that server at the time of the lookup.' },
      ],
      repair: [{ on: 'network', act: 'Allow port 443 from Exchange Online to the Domino server.' }],
      risk: 'The port is open to Microsoft’s ranges.',
    },
    {
      id: 'fb8-tls-version',
      title: 'The Domino server speaks no TLS version that Exchange Online takes',
      why: 'Exchange Online offers TLS 1.2 and later only; an old server resets such a handshake.',
      clues: ['TLS', 'handshake'],
      proof: [{ on: 'client', run: 'openssl s_client -connect <notes host>:443 -servername <notes host> -tls1_2 </dev/null', expect: 'No certificate; the connection is reset' }],
      repair: [{ on: 'server', act: 'Enable TLS 1.2 on the Domino server, or put a TLS-terminating proxy in front of it.' }],
      risk: 'Clients that speak only old TLS lose access if you also disable it.',
      see: 'FB32',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Watch the endpoint from outside with a monitor that speaks TLS 1.2.',
  references: [errorTable('8')],
};
