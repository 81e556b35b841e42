import type { Cause, Failure } from '../failure.ts';
import { cloudLooksAgain } from '../checks.ts';

/** What is off, and whose machine that is. */
function off(id: string, party: string, { why, service, explains }: { why: string; service: string; explains: readonly string[] }): Cause {
  return {
    id,
    title: `${party} does not answer at all`,
    why,
    explains,
    proof: [{ on: 'network', act: `Connect to it from two networks (Test-NetConnection <host> -Port 443): both are refused or hear nothing. Its own /livez on the admin listener does not answer either.` }],
    repair: [{ on: 'server', act: `Start ${service}, and read the end of its log for why it stopped. Where it runs, look at the firewall of its machine.` }],
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
  underneath: 'Nothing listens where a whole party should: its process ended, or its machine is off. Others see the symptom of their own side only: that they cannot connect, that Outlook finds no server, that nobody signs in.',
  causes: [
    off('p1-on-premises', 'The server on premises', { why: 'Clients of its people find neither Autodiscover nor EWS. Lookups from the cloud end with the agent’s 502 (M35).', service: 'the Exchange server, or hybridge premises', explains: ['fb4-nothing-listens', 'fb30-load-balancer'] }),
    off('p1-cloud', 'The cloud organisation', { why: 'Lookups from on premises find nobody, and neither do its own people. Of Exchange Online, the service health page says so.', service: 'hybridge premises of the cloud side', explains: ['fb4-nothing-listens'] }),
    off('p1-token-service', 'The token service', { why: 'Nobody gets a new token. What servers keep goes on for hours, so sign-ins fail first and lookups last.', service: 'hybridge sts', explains: [] }),
    off('p1-relay', 'The relay', { why: 'The published address is the relay’s: nobody gets through it, whatever is behind. Agents dial again and again until it is back.', service: 'hybridge relay', explains: ['fb4-nothing-listens'] }),
  ],
  check: cloudLooksAgain,
  prevention: 'Watch every party’s /livez and /readyz, and run hybridge doctor watch from a machine that is none of them.',
  references: [{ title: 'docs/error-codes.md' }],
};
