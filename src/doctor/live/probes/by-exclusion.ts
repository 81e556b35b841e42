import { findCause } from '../../knowledge/catalogue.ts';
import { fail, pass, skipped } from '../probe.ts';
import type { FreeBusyFacts, FreeBusyProbe } from '../free-busy-case.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';

/** What remains once every other probe has passed: causes that leave no other trace. */
export const byExclusion: FreeBusyProbe = {
  id: 'by-exclusion',
  title: 'what is left when all else is ruled out',
  async run(_, facts) {
    const { lookup, causes = [] } = facts;
    if (lookup?.ok !== false) return skipped('nobody could repeat the lookup');
    const failures = new Set(recognizeFailures(lookup.text).map(({ failure }) => failure.id));
    // Who tells the time wrongly, or is off, may be behind any text.
    const isExplained = causes.some((cause) => failures.has(findCause(cause)?.failure.id ?? '') || /^p[12]-/.test(cause));
    const left = traceless(facts, failures, lookup.text);
    if (left === undefined) return causes.length > 0 ? skipped('a cause is proved already') : pass('nothing is left that leaves no trace');
    if (!isExplained) return fail(left.detail, { cause: left.cause, proof: left.proof, repair: [], undo: [] });
    if (left.cause === 'fb3-wssecurity-stuck') facts.hidden = [...(facts.hidden ?? []), `whether IIS, too, refuses such messages (${left.cause}), because that leaves no trace but the same text`];
    return skipped('a cause is proved that ends in the same text');
  },
};

/** Causes that are known by the lookup's text alone, and by what contradicts it. */
function traceless({ answer, isConnected, endpoint, route, beyond }: FreeBusyFacts, failures: ReadonlySet<string>, said: string): { cause: string; detail: string; proof: string } | undefined {
  const host = endpoint?.host ?? '';
  // Who cannot connect does not suffer from what we see behind the connection.
  if (failures.has('FB4') && isConnected === true) return { cause: 'fb4-firewall', detail: 'only some are let in', proof: `${host} ${answer === undefined ? 'takes our connections' : `answers us with ${answer.status}`}, and does not let the servers of the asking side connect: somebody on the way decides by the address from which they come.` };
  if (failures.has('FB24')) return { cause: 'fb24-busy-calendar', detail: 'the calendar is too full', proof: `The organisation that has the calendar counted: ${/The allowed size = \d+; the actual size = \d+/.exec(said)?.[0] ?? 'more than it allows'}.` };
  if ((failures.has('FB7') || failures.has('FB8')) && answer !== undefined && beyond === undefined) return { cause: route?.noun === 'AvailabilityAddressSpace' ? 'fb8-firewall' : 'fb7-firewall', detail: 'only some are let through', proof: `${host} answers us with ${answer.status}, and connections of the asking side are reset.` };
  if (failures.has('FB27') && answer?.isExchange === true) return { cause: 'fb27-ews-crash', detail: 'Exchange’s own answer is not whole', proof: `${host} answers strangers as Exchange does (X-FEServer, ${answer.status}); what it answers to the lookup is not XML.` };
  if (failures.has('FB3') && route?.trust === 'DAuth') return { cause: 'fb3-wssecurity-stuck', detail: 'nothing explains it but IIS', proof: 'Clock, application URI, the gateway’s certificates and WSSecurityAuthentication are all in order, and the server still refuses the message.' };
  return undefined;
}
