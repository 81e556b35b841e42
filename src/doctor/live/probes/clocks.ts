import { compareClocks } from '../compare-clocks.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import { skipped } from '../probe.ts';

export const clocks: FreeBusyProbe = {
  id: 'clocks',
  title: 'clocks of who issues and takes tokens',
  async run({ sessions, elsewhere, httpClient, clock }, { route }) {
    return route?.trust === 'OAuth' ? compareClocks({ sessions, httpClient: elsewhere ?? httpClient, clock }) : skipped(notOver('OAuth', route));
  },
};
