import { cloudLooksAgain } from '../checks.ts';
import type { Cause, Failure, Step } from '../failure.ts';

interface Party {
  why: string;
  /** How else its silence shows with Microsoft's own. */
  seen: Step;
  /** What to do about Microsoft's own. */
  mend: Step;
  /** The process of ours. */
  process: string;
  explains: readonly string[];
}

function off(id: string, party: string, { why, seen, mend, process, explains }: Party): Cause {
  return {
    id,
    title: `${party} does not answer at all`,
    why,
    explains,
    proof: [
      { on: 'client', run: 'Test-NetConnection <host> -Port 443', expect: 'TcpTestSucceeded: False, from two networks: from one alone it is a firewall (FB4)' },
      seen,
      { on: 'server', act: `With Hybridge: /livez on the admin listener of ${process} does not answer on its own machine either.` },
    ],
    repair: [mend, { on: 'server', act: `With Hybridge: read the end of the log of ${process} for why it ended, and start it. If it runs, look at the firewall of its machine.` }],
    risk: 'None.',
  };
}

export const partySilent: Failure = {
  id: 'P1',
  title: 'A party of the deployment does not answer',
  texts: ['The admin API at … cannot be reached.', 'The admin API of the token service cannot be reached.', 'The relay does not answer.', 'Check the address, and that the organisation runs.'],
  marks: ['MANAGEMENT_UNREACHABLE', 'RELAY_ADMIN_UNREACHABLE', 'IDENTITY_STS_ADMIN_FAILED'],
  directions: ['cloud → on-premises', 'on-premises → cloud', 'client → on-premises', 'set-up'],
  authentication: ['none'],
  underneath: 'One of the parties – the organisation on premises, the one in the cloud, the token service, the relay – does not listen at all: its process has ended, its machine is off, or a firewall shuts it away. The others report only what they see of it: that they cannot connect (FB4), that Outlook finds no server (FB30), that nobody can sign in. The texts of this failure are Hybridge’s own tools’; with Exchange you meet those other errors, and here is how to see that they have one cause.',
  causes: [
    off('p1-on-premises', 'The server on premises', {
      why: 'People on premises find neither Autodiscover nor EWS, and lookups from the cloud end in 502 or 504 from the agent (M35), or cannot connect (FB4).',
      seen: { on: 'on-premises', run: 'Test-ServiceHealth', expect: 'RequiredServicesRunning: False; ServicesNotRunning names them. No answer at all: the machine is off' },
      mend: { on: 'server', act: 'Start the machine or the services that are named (Start-Service), and read the System and Application logs for why they stopped.' },
      process: 'hybridge premises',
      explains: ['fb4-nothing-listens', 'fb30-load-balancer'],
    }),
    off('p1-cloud', 'The cloud organisation', {
      why: 'Lookups from on premises fail for everybody in the cloud, and cloud users themselves cannot work.',
      seen: { on: 'tenant', run: 'Get-MgServiceAnnouncementHealthOverview -ServiceHealthId "Exchange Online"', expect: 'A Status other than serviceOperational; the admin center’s page Service health says the same' },
      mend: { on: 'tenant', act: 'Exchange Online is repaired by Microsoft: wait, and tell your people.' },
      process: 'hybridge premises of the cloud side',
      explains: ['fb4-nothing-listens'],
    }),
    off('p1-token-service', 'The token service', {
      why: 'Nobody gets a new token. Servers go on for hours with tokens that they keep, so that sign-ins fail first and lookups last. Ask from a second network before anything else: if it answers there, only this machine is kept away from it (W1).',
      seen: { on: 'client', run: 'Invoke-WebRequest https://login.microsoftonline.com/common/.well-known/openid-configuration -UseBasicParsing', expect: 'No answer, from two networks' },
      mend: { on: 'tenant', act: 'Entra is repaired by Microsoft: wait, and tell your people.' },
      process: 'hybridge sts',
      explains: [],
    }),
    off('p1-relay', 'The relay', {
      why: 'The published address is the relay’s: nobody gets through it, whatever is behind. Agents keep dialling until it is back.',
      seen: { on: 'server', act: 'With Microsoft’s relay (his.msappproxy.net): the agent’s service runs, and its machine cannot connect out; lookups through other agents of yours fail at the same time.' },
      mend: { on: 'network', act: 'With Microsoft’s relay: check the agent’s way out on 443 (FB22); if it is open, wait for Microsoft.' },
      process: 'hybridge relay',
      explains: ['fb4-nothing-listens', 'm35-agent-down'],
    }),
  ],
  check: cloudLooksAgain,
  prevention: 'Watch each party from a machine that is none of them: an HTTPS probe of the published name, Test-ServiceHealth, the service health page; with Hybridge /livez, /readyz and hybridge doctor watch.',
  references: [{ title: 'docs/error-codes.md' }],
};
