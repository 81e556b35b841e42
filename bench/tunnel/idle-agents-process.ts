// Many agents with one link each, which do nothing: what they cost is measured at the relay.
import { join } from 'node:path';
import { enrollAgent, startAgent } from '../../src/agent/index.ts';
import { systemDial } from '../../src/foundation/index.ts';
import type { Dial } from '../../src/foundation/index.ts';
import type { IdleAgentsSettings } from './settings.ts';

const settings = JSON.parse(process.argv[2] ?? '') as IdleAgentsSettings;
const { directory, ca, relayUrl, dialPort, tokens } = settings;
const dial: Dial = (_, __, signal) => systemDial('127.0.0.1', dialPort, signal);
const stateOf = (index: number): string => join(directory, `idle-${index}`);

async function inBatches(work: (index: number) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < tokens.length; first += 20) {
    await Promise.all(tokens.slice(first, first + 20).map((_, offset) => work(first + offset)));
  }
}

await inBatches((index) => enrollAgent({ relayUrl, token: tokens[index] ?? '', stateDirectory: stateOf(index), ca, dial }));
process.on('message', (message) => {
  if (message === 'stop') process.exit(0);
  if (message !== 'connect') return;
  void inBatches(async (index) => (await startAgent({ stateDirectory: stateOf(index), ca, dial, links: 1 })).ready()).then(() => process.send?.('connected'));
});
process.send?.('enrolled');
