import type { Cause, Failure } from '../failure.ts';
import { cloudLooksAgain } from '../checks.ts';

function wrong(id: string, party: string, why: string): Cause {
  return {
    id,
    title: `The clock of ${party} is wrong by more than five minutes`,
    why,
    proof: [
      { on: 'client', run: 'curl -sI https://<host>/ | grep -i ^date; date -u', expect: 'More than five minutes apart. Ask every party from the same machine: the one that differs from all others is wrong' },
      { on: 'server', run: 'w32tm /stripchart /computer:time.windows.com /samples:3 /dataonly', expect: 'On the machine itself: an offset of more than 300 s (on Linux: chronyc tracking)' },
    ],
    repair: [{ on: 'server', run: 'w32tm /resync /rediscover', expect: 'On Linux: chronyc makestep' }, { on: 'server', act: 'If it is wrong again soon: w32tm /query /source. A virtual machine that says “VM IC Time Synchronization Provider” takes its time from its host; set the host right, or take time from the domain.' }],
    risk: 'A clock that jumps disturbs Kerberos and scheduled tasks for some minutes, and log lines written before have wrong times. The domain’s time comes from the PDC emulator: if that one is wrong, repair it there.',
  };
}

export const clocksDiffer: Failure = {
  id: 'P2',
  title: 'The token is not yet valid, or has expired (2000002)',
  texts: ['The token is not yet valid.', 'The token has expired.'],
  marks: ['error_category="invalid_lifetime"', '2000002;reason='],
  // Microsoft’s libraries for tokens of one’s own applications.
  unless: ['Lifetime validation failed'],
  directions: ['cloud → on-premises', 'on-premises → cloud', 'client → on-premises'],
  authentication: ['OAuth', 'modern authentication'],
  underneath: 'A token names the moment from which and the moment until which it holds, by the clock of the server that issued it. The server that receives it compares both with its own clock and lets five minutes pass. When one of the clocks is further off, fresh tokens look old or not yet valid, and every request with one ends in 401. (Exchange publishes no text for the number 2000002; that text is Hybridge’s. Of Exchange expect a plain 401, and over DAuth FB3.)',
  causes: [
    wrong('p2-on-premises', 'the server on premises', 'It takes tokens for expired, or for not yet valid, that all others accept; and what it signs itself is refused by the token service.'),
    wrong('p2-token-service', 'the token service', 'What it issues begins in the future or has ended already, so that every server refuses it at the same time. Microsoft’s token service is not meant: its clock is right.'),
    wrong('p2-cloud', 'the cloud organisation', 'What it signs for lookups is refused on premises, and what comes from there is refused by it. This is about an organisation that you run yourself; the clocks of Exchange Online are right.'),
    {
      ...wrong('p2-relay', 'the relay', 'Its agents report that their clocks are wrong, all of them by the same time. What it lets in and issues by the time (certificates of agents, enrolment tokens, access tokens) it judges wrongly.'),
      explains: ['p2-agent'],
    },
    {
      ...wrong('p2-agent', 'an agent’s machine', 'The agent renews its certificate by this clock: a slow one lets it end, a fast one makes the agent think that it has ended. Lines of its log cannot be laid beside those of others. Requests pass all the while.'),
      clues: ['AGENT_CLOCK_WRONG'],
      proof: [
        { on: 'relay', run: 'Get-HybridAgent | Format-List machineName, problems', expect: 'AGENT_CLOCK_WRONG, with the difference (Hybridge’s agent tells)' },
        { on: 'agent', run: 'hybridge agent test', expect: 'The clock, and how far it is off; on Windows: w32tm /stripchart /computer:time.windows.com /samples:3 /dataonly' },
      ],
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Let all machines take their time from one source (in a domain: the PDC emulator, and that one from NTP), and raise an alarm at an offset of one minute.',
  references: [{ title: 'RFC 7519, sections 4.1.4 and 4.1.5' }],
};
