import type { Cause, Failure } from '../failure.ts';
import { cloudLooksAgain } from '../checks.ts';

/** A party that is off; `elsewhere` tells how to see it on its own machine, `start` how it is started. */
function off(id: string, party: string, { why, elsewhere, start, explains }: { why: string; elsewhere: string; start: string; explains: readonly string[] }): Cause {
  return {
    id,
    title: `${party} does not answer at all`,
    why,
    explains,
    proof: [
      { on: 'client', run: 'Test-NetConnection <host> -Port 443', expect: 'TcpTestSucceeded: False, from two networks: from one alone it is a firewall (FB4)' },
      { on: 'server', act: elsewhere },
    ],
    repair: [{ on: 'server', act: `${start}, and read the end of its log for why it stopped. If it runs, look at the firewall of its machine.` }],
    risk: 'None.',
  };
}

export const partySilent: Failure = {
  id: 'P1',
  title: 'A party of the deployment does not answer',
  texts: ['The admin API at … cannot be reached.', 'The admin API of the token service cannot be reached.', 'The relay does not answer.'],
  marks: ['MANAGEMENT_UNREACHABLE', 'RELAY_ADMIN_UNREACHABLE', 'IDENTITY_STS_ADMIN_FAILED'],
  directions: ['cloud → on-premises', 'on-premises → cloud', 'client → on-premises', 'set-up'],
  authentication: ['none'],
  underneath: 'One of the parties – the organisation on premises, the one in the cloud, the token service, the relay – does not listen at all: its process has ended, its machine is off, or a firewall shuts it away. The others report only what they see of it: that they cannot connect (FB4), that Outlook finds no server (FB30), that nobody can sign in. The texts above are Hybridge’s own tools’; with Exchange you meet those other errors, and this page tells how to see that they have one cause.',
  causes: [
    off('p1-on-premises', 'The server on premises', { why: 'People on premises find neither Autodiscover nor EWS, and lookups from the cloud end in 502 or 504 from the agent (M35), or cannot connect (FB4).', elsewhere: 'Exchange: Test-ServiceHealth lists ServicesNotRunning, and Get-WebAppPoolState stopped pools. Hybridge: /livez of the admin listener does not answer.', start: 'Start the Exchange services that are listed (Start-Service), or hybridge premises', explains: ['fb4-nothing-listens', 'fb30-load-balancer'] }),
    off('p1-cloud', 'The cloud organisation', { why: 'Lookups from on premises fail for everybody in the cloud, and cloud users themselves cannot work.', elsewhere: 'Exchange Online: the service health page of the Microsoft 365 admin center, or Get-MgServiceAnnouncementHealthOverview. Hybridge: /livez of the cloud organisation’s admin listener does not answer.', start: 'For Exchange Online there is nothing to do but wait and tell people; else start hybridge premises of the cloud side', explains: ['fb4-nothing-listens'] }),
    off('p1-token-service', 'The token service', { why: 'Nobody gets a new token. Servers go on for hours with tokens that they keep, so that sign-ins fail first and lookups last.', elsewhere: 'Entra: https://login.microsoftonline.com/common/.well-known/openid-configuration does not answer from two networks, and the service health page says so. Hybridge: /livez of its admin listener does not answer.', start: 'For Entra wait for Microsoft; else start hybridge sts', explains: [] }),
    off('p1-relay', 'The relay', { why: 'The published address is the relay’s: nobody gets through it, whatever is behind. Agents keep dialling until it is back.', elsewhere: 'Microsoft’s relay (his.msappproxy.net): the agent’s machine cannot connect either, and the log “Microsoft-AadApplicationProxy-Connector” in its Event Viewer says so (the log’s name is unverified for the Hybrid Agent). Hybridge: /livez of the relay’s admin listener does not answer.', start: 'For Microsoft’s relay check the agent’s way out (FB22) and wait; else start hybridge relay', explains: ['fb4-nothing-listens'] }),
  ],
  check: cloudLooksAgain,
  prevention: 'Watch each party from a machine that is none of them: an HTTPS probe of the published name, Test-ServiceHealth, the service health page; with Hybridge /livez, /readyz and hybridge doctor watch.',
  references: [{ title: 'docs/error-codes.md' }],
};
