import { findCause } from '../../knowledge/catalogue.ts';
import { fail, pass, skipped } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';

/** What remains once every other probe has passed: causes that leave no other trace. */
export const byExclusion: FreeBusyProbe = {
  id: 'by-exclusion',
  title: 'what is left when all else is ruled out',
  async run(_, { lookup, causes = [], answer, isConnected, endpoint, route }) {
    if (lookup?.ok !== false) return skipped('nobody could repeat the lookup');
    const failures = new Set(recognizeFailures(lookup.text).map(({ failure }) => failure.id));
    const left = (cause: string, proof: string): Finding => ({ cause, proof, repair: [], undo: [] });
    const host = endpoint?.host ?? '';
    const isExplained = causes.some((cause) => failures.has(findCause(cause)?.failure.id ?? ''));
    // Who cannot connect does not suffer from what we see behind the connection.
    if (failures.has('FB4') && isConnected === true && !isExplained) return fail('only some are let in', left('fb4-firewall', `${host} ${answer === undefined ? 'takes our connections' : `answers us with ${answer.status}`}, and does not let the servers of the asking side connect: somebody on the way decides by the address from which they come.`));
    if (causes.length > 0) return skipped('a cause is proved already');
    if (failures.has('FB24')) return fail('the calendar is too full', left('fb24-busy-calendar', `The organisation that has the calendar counted: ${/The allowed size = \d+; the actual size = \d+/.exec(lookup.text)?.[0] ?? 'more than it allows'}.`));
    if ((failures.has('FB7') || failures.has('FB8')) && answer !== undefined) return fail('only some are let through', left(route?.noun === 'AvailabilityAddressSpace' ? 'fb8-firewall' : 'fb7-firewall', `${host} answers us with ${answer.status}, and connections of the asking side are reset.`));
    if (failures.has('FB27') && answer?.isExchange === true) return fail('Exchange’s own answer is not whole', left('fb27-ews-crash', `${host} answers strangers as Exchange does (X-FEServer, ${answer.status}); what it answers to the lookup is not XML.`));
    if (failures.has('FB3') && route?.trust === 'DAuth') return fail('nothing explains it but IIS', left('fb3-wssecurity-stuck', 'Clock, application URI, the gateway’s certificates and WSSecurityAuthentication are all in order, and the server still refuses the message.'));
    return pass('nothing is left that leaves no trace');
  },
};
