import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { endpoints, errorTable, resolveErrors } from '../references.ts';

export const closedOnReceive: Failure = {
  id: 'FB7',
  title: 'An existing connection was forcibly closed by the remote host (on a receive)',
  message: 'Proxy web request failed. , inner exception: System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a receive. System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host',
  texts: ['Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host', 'An existing connection was forcibly closed by the remote host', 'The underlying connection was closed: An unexpected error occurred on a receive.'],
  // The French end is unverified: formed like that of FB8, which is quoted so.
  translations: ['Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Empfangen', 'Eine vorhandene Verbindung wurde vom Remotehost geschlossen', 'La connexion sous-jacente a été fermée : Une erreur inattendue s’est produite lors de la réception', 'Une connexion existante a dû être fermée par l’hôte distant', 'Se ha terminado la conexión: Error inesperado de recepción', 'Se ha forzado la interrupción de una conexión existente por el host remoto'],
  marks: ['error occurred on a receive'],
  isGeneral: true,
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'The connection was open and the request was on its way when the other end, or something in the middle that speaks for it, sent a reset.',
  causes: [
    {
      id: 'fb7-firewall',
      title: 'A firewall or inspection device resets the connection',
      why: 'Deep inspection, a geography filter or a rule for part of Exchange Online’s addresses lets the handshake pass and kills the connection afterwards.',
      proof: [{ on: 'server', act: 'IIS log, UTC: no line of ASAutoDiscover/CrossForest/EmailDomain or ASProxy/CrossForest/EmailDomain at the time of the lookup. With TargetSharingEpr set, only the second is to be expected.' }],
      repair: [{ on: 'network', act: 'Exempt the Exchange host names from inspection and allow all Exchange Online ranges, or publish through a Hybrid Agent.' }],
      risk: 'Traffic to these names is no longer inspected by that device.',
    },
    {
      id: 'fb7-federation-certificate',
      sameStateAs: 'fb15-certificate-missing',
      title: 'The federation certificate is missing on a server',
      why: 'The server that answers cannot decrypt the delegation token and drops the connection.',
      proof: [
        { on: 'on-premises', run: 'Test-FederationTrustCertificate', expect: 'State: NotInstalled for a server' },
        { on: 'on-premises', run: 'Get-FederatedOrganizationIdentifier -IncludeExtendedDomainInfo | Format-List', expect: 'A warning or an error' },
      ],
      repair: [{ on: 'on-premises', run: 'Set-FederationTrust -Identity "<federation trust>" -PublishFederationCertificate' }],
      risk: 'None, if the certificate is valid on another server. Else see FB15.',
      see: 'FB15',
    },
    {
      id: 'fb7-wssecurity-stuck',
      title: 'WSSecurity does not work in IIS although it is switched on',
      why: 'What IIS was told and what the directory says have drifted apart.',
      proof: [{ on: 'server', act: 'The IIS log shows the request, and the federation certificate is installed everywhere.' }],
      repair: [
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -WSSecurityAuthentication $false; Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -WSSecurityAuthentication $true' },
        { on: 'server', run: 'Restart-WebAppPool MSExchangeServicesAppPool; Restart-WebAppPool MSExchangeAutodiscoverAppPool' },
      ],
      risk: 'Recycling interrupts EWS clients for a moment.',
    },
    {
      id: 'fb7-personal-sharing',
      title: 'Few users only: a bad personal sharing relationship',
      why: 'One-to-one sharing that a user once accepted wins over the organisation’s relationship.',
      proof: [{ on: 'client', act: 'Only one or two users fail, for the same person; MFCMAPI shows an entry for that person among their sharing folders.' }],
      repair: [{ on: 'client', act: 'Remove the shared calendar from the user’s list and delete the sharing entry.' }],
      risk: 'The user loses that one shared calendar.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Do not inspect TLS between Exchange Online and Exchange.',
  references: [errorTable('7'), resolveErrors, endpoints],
};
