import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { endpoints, errorTable, resolveErrors } from '../references.ts';

export const unableToConnect: Failure = {
  id: 'FB4',
  title: 'Unable to connect to the remote server',
  message: 'Proxy web request failed. , inner exception: System.Net.WebException: Unable to connect to the remote server ; System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond …:443',
  texts: [
    'System.Net.WebException: Unable to connect to the remote server',
    'Unable to connect to the remote server',
    'System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond',
  ],
  translations: ['Die Verbindung mit dem Remoteserver kann nicht hergestellt werden', 'Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat', 'Impossible de se connecter au serveur distant', 'No es posible conectar con el servidor remoto'],
  unless: ['to the remote server using the credentials provided'],
  isGeneral: true,
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['OAuth', 'DAuth', 'address space'],
  underneath: 'The name was found, and no TCP connection came about: the packets were dropped on the way, or nothing listens there. Exchange never saw the request, so its logs are silent.',
  causes: [
    {
      id: 'fb4-firewall',
      title: 'A firewall drops connections from (some) addresses of Exchange Online',
      why: 'Mailbox servers of Exchange Online leave from many addresses. A list that misses a few fails for the users who happen to live on those servers.',
      clues: ['did not properly respond', 'failed to respond'],
      proof: [
        { on: 'cloud', run: 'Test-MigrationServerAvailability -ExchangeRemoteMove -RemoteServer <on-premises host> -Credentials (Get-Credential)', expect: 'The connection to the server could not be completed' },
        { on: 'server', act: 'IIS log, UTC, at the time of the lookup: no line of ASAutoDiscover/CrossForest/EmailDomain nor of ASProxy/CrossForest/EmailDomain.' },
        { on: 'network', act: 'Firewall log at the time of the lookup: dropped packets to port 443.' },
      ],
      repair: [{ on: 'network', act: 'Allow port 443 from every Exchange Online range of Microsoft’s published list, or publish through a Hybrid Agent, which needs no inbound port.' }],
      risk: 'The port is open to Microsoft’s ranges.',
    },
    {
      id: 'fb4-nothing-listens',
      title: 'Nothing listens at the published address',
      why: 'The load balancer or the server is down, or the address in the relationship belongs to a machine that is gone.',
      clues: ['actively refused', 'ECONNREFUSED'],
      proof: [{ on: 'client', run: 'Test-NetConnection <on-premises host> -Port 443', expect: 'TcpTestSucceeded: False, from inside as well' }],
      repair: [{ on: 'network', act: 'Start the publishing server, or correct the address (TargetSharingEpr, DNS).' }],
      risk: 'None.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Subscribe the firewall to Microsoft’s endpoint web service instead of keeping a list by hand.',
  references: [errorTable('4'), resolveErrors, endpoints],
};
