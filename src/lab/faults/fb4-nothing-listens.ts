import { atRelay, worldly } from './fault.ts';

/** Refused for everybody but agents: the port is closed, while the machine behind it and its administration are as they were. */
export const nothingListens = worldly('fb4-nothing-listens', (lab) => {
  const { hosts, from } = atRelay(lab);
  return hosts.map((to) => ({ kind: 'firewall', to, action: 'refuse', from }) as const);
});
