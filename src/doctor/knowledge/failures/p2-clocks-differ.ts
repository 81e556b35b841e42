import type { Cause, Failure } from '../failure.ts';
import { cloudLooksAgain } from '../checks.ts';

function wrong(id: string, party: string, why: string): Cause {
  return {
    id,
    title: `The clock of ${party} is more than five minutes wrong`,
    why,
    proof: [{ on: 'client', run: 'curl -sI https://<host>/ | grep -i ^date; date -u', expect: 'More than five minutes apart, and no other party is' }],
    repair: [{ on: 'server', run: 'w32tm /resync /rediscover', expect: 'On Linux: chronyc makestep' }, { on: 'server', act: 'Where it is wrong again at once: the virtual machine takes its time from a host that is wrong.' }],
    risk: 'Log lines of the time between have wrong times. Kerberos takes the new time at once.',
  };
}

export const clocksDiffer: Failure = {
  id: 'P2',
  title: 'The token is not yet valid, or has expired (2000002)',
  texts: ['The token is not yet valid.', 'The token has expired.'],
  marks: ['error_category="invalid_lifetime"', '2000002;reason='],
  directions: ['cloud → on-premises', 'on-premises → cloud', 'client → on-premises'],
  authentication: ['OAuth', 'modern authentication'],
  underneath: 'A token holds from one moment to another by the clock of who issued it, and who takes it compares with a clock of its own; five minutes are let pass. The code is Hybridge’s use of a number for which nothing is published.',
  causes: [
    wrong('p2-on-premises', 'the server on premises', 'It finds tokens of the future, or old ones, in what everybody else takes for fresh; what it signs itself is refused elsewhere.'),
    wrong('p2-token-service', 'the token service', 'What it issues begins in the future, or has ended already, for every server at once.'),
    wrong('p2-cloud', 'the cloud organisation', 'What it signs for lookups is refused on premises, or what comes from there is refused by it. Microsoft’s own clocks are right.'),
  ],
  check: cloudLooksAgain,
  prevention: 'Let every machine take its time from the same source (NTP), and watch the offset.',
  references: [{ title: 'RFC 7519, sections 4.1.4 and 4.1.5' }],
};
