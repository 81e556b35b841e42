import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { agentProxies, hybridAgent, hybridAgentTroubleshooting, resolveErrors } from '../references.ts';

export const serviceUnavailable: Failure = {
  id: 'M35',
  title: '503: Service Unavailable, 504: Gateway Timeout, or 502: Bad Gateway',
  message: 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with HTTP status 503: Service Unavailable',
  texts: ['The request failed with HTTP status 503: Service Unavailable', 'The remote server returned an error: (503) Server Unavailable.', 'The request failed with HTTP status 504: Gateway Timeout', 'The remote server returned an error: (504) Gateway Timeout.', 'The request failed with HTTP status 502: Bad Gateway', 'The remote server returned an error: (502) Bad Gateway.', 'HTTP Error 503. The service is unavailable.', '503 Service Unavailable … Server: Microsoft-HTTPAPI/2.0', 'HTTP/2 503 … Server: Microsoft-HTTPAPI/2.0', '503 Server: Microsoft-HTTPAPI/2.0'],
  // “Fehler bei der Anforderung mit HTTP-Status …” and “La demande a échoué avec l’état HTTP …” stand so in Microsoft’s translated documents (WSUS, message 6703); unverified in .NET itself.
  translations: ['Der Remoteserver hat einen Fehler zurückgegeben: (503) Server nicht verfügbar.', 'Le serveur distant a retourné une erreur : (503) Serveur non disponible.', 'Error en el servidor remoto: (503) Servidor no disponible.', 'Fehler bei der Anforderung mit HTTP-Status 503', 'La demande a échoué avec l’état HTTP 503', 'Fehler bei der Anforderung mit HTTP-Status 504', 'La demande a échoué avec l’état HTTP 504', 'Fehler bei der Anforderung mit HTTP-Status 502', 'La demande a échoué avec l’état HTTP 502'],
  marks: ['HTTP status 503', 'HTTP status 504', 'status 503: Service Unavailable', 'status 504: Gateway Timeout', '(503) Server Unavailable', '(504) Gateway Timeout', 'HTTP status 502', 'status 502: Bad Gateway', '(502) Bad Gateway'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'Something took the request and had nobody to give it to. The Server header of the answer tells who (curl -sI): Microsoft-HTTPAPI is HTTP.sys of an Exchange server whose application pool is stopped; a relay’s or balancer’s own name means that no agent or no server is behind it.',
  causes: [
    {
      id: 'm35-agent-down',
      title: 'No Hybrid Agent is connected',
      why: 'In a Modern hybrid deployment the published address belongs to the relay, which has no agent to hand the request to.',
      clues: ['msappproxy', 'RELAY_NO_AGENT', '504'],
      proof: [{ on: 'on-premises', run: 'Get-HybridAgent', expect: 'status inactive, or no agent at all (module HybridManagement.psm1 from the agent’s folder; the real one takes the tenant’s -Credential)' }, { on: 'server', run: 'Get-Service mshybridsvc', expect: 'Stopped' }],
      repair: [{ on: 'server', run: 'Start-Service mshybridsvc' }, { on: 'network', act: 'If it runs and is inactive all the same: its machine cannot go out to *.msappproxy.net on 443.' }],
      risk: 'None.',
    },
    {
      id: 'm35-target-down',
      title: 'The agent is connected, and the server behind it does not answer',
      why: 'The Hybrid Agent has one internal address; the server there is off, or the agent may not connect to it, or does not trust its certificate.',
      clues: ['RELAY_TARGET_UNREACHABLE', 'RELAY_TARGET_TIMEOUT', '502'],
      proof: [{ on: 'server', run: 'Test-NetConnection <internal host> -Port 443', expect: 'On the agent’s machine: TcpTestSucceeded: False' }, { on: 'on-premises', run: 'Get-HybridAgent', expect: 'status active, while the request ends in 502 or 504' }],
      repair: [{ on: 'server', act: 'Start the server, or point the application to one that runs: Update-HybridApplication -TargetUri https://<internal host>.' }],
      risk: 'None.',
    },
    {
      id: 'm35-pool-stopped',
      title: 'The EWS or Autodiscover application pool is stopped',
      why: 'HTTP.sys answers 503 itself while there is no worker process.',
      clues: ['Microsoft-HTTPAPI'],
      proof: [{ on: 'server', run: 'Get-WebAppPoolState MSExchangeServicesAppPool; Get-WebAppPoolState MSExchangeAutodiscoverAppPool', expect: 'Stopped' }],
      repair: [{ on: 'server', run: 'Start-WebAppPool MSExchangeServicesAppPool; Start-WebAppPool MSExchangeAutodiscoverAppPool' }],
      risk: 'None. If it stops again, the System log says why (WAS 5002, 5059).',
    },
    {
      id: 'm35-component-inactive',
      title: 'The server’s EWS proxy component is inactive',
      why: 'The server’s maintenance mode was never ended, or managed availability switched the component off; the balancer finds no healthy server.',
      proof: [{ on: 'on-premises', run: 'Get-ServerComponentState <server> | Where-Object { $_.State -eq "Inactive" }', expect: 'EwsProxy, AutoDiscoverProxy or ServerWideOffline' }],
      repair: [{ on: 'on-premises', run: 'Set-ServerComponentState <server> -Component ServerWideOffline -State Active -Requester Maintenance' }, { on: 'on-premises', act: 'If another component is inactive: (Get-ServerComponentState <server> -Component EwsProxy).LocalStates names the requester that switched it off; set it Active with the same one.' }],
      risk: 'The server takes all clients again: make sure that its maintenance is over.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Run two agents on two machines, and monitor both.',
  references: [resolveErrors, hybridAgent, hybridAgentTroubleshooting, agentProxies],
};
