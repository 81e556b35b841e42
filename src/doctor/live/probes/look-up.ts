import { setTimeout as delay } from 'node:timers/promises';
import type { FreeBusyCase, FreeBusyFacts, FreeBusyProbe } from '../free-busy-case.ts';
import { firstAnswer } from '../first-answer.ts';
import { pass, skipped, text } from '../probe.ts';
import { endpointProperty } from './endpoint.ts';
import { recipient } from './recipient.ts';
import { route } from './route.ts';

/** A lookup that works takes less; one that takes longer may take all of its 25 seconds. */
const soonMs = 4_000;

/** The lookup itself, as the person does it. Its failure proves no cause: the later probes do. */
export const lookUp: FreeBusyProbe = {
  id: 'lookup',
  title: 'the lookup itself',
  async run(given, facts) {
    if (given.lookUp === undefined) return skipped('nobody’s credentials are at hand');
    const looking = given.lookUp();
    const settled = new AbortController();
    looking.finally(() => settled.abort()).catch(() => undefined);
    await delay(soonMs, undefined, { signal: settled.signal }).then(() => askEarly(given, facts), () => undefined);
    facts.lookup = await looking;
    return facts.lookup.ok ? pass(facts.lookup.detail) : { status: 'fail', detail: facts.lookup.text, findings: [] };
  },
};

/** What makes a lookup wait makes the doctor wait as long: both wait at once. */
async function askEarly(given: FreeBusyCase, facts: FreeBusyFacts): Promise<void> {
  const found: FreeBusyFacts = {};
  for (const probe of [recipient, route]) await probe.run(given, found).catch(() => undefined);
  const url = found.route === undefined ? null : URL.parse(text(found.route.object, endpointProperty(found.route)));
  if (url === null) return;
  const answer = firstAnswer(given, url);
  // Who takes it, if anybody does, hears of its failure.
  answer.catch(() => undefined);
  facts.early = { url: url.href, answer };
}
