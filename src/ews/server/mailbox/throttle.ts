import { EwsFault } from '../../codec/ews-fault.ts';

/** Requests of one user at a time: Exchange's EWSMaxConcurrency. */
const maximumConcurrency = 27;
/** How long a client that is turned away is asked to wait, milliseconds. */
const backOffMs = 1_000;

/** Counts requests in work. The function takes a user's place, and gives one that frees it. @throws EwsFault `ErrorServerBusy` */
export function createThrottle(maximum = maximumConcurrency): (user: string) => () => void {
  const working = new Map<string, number>();
  return (user) => {
    const count = working.get(user) ?? 0;
    if (count >= maximum) throw new EwsFault('ErrorServerBusy', 'The server cannot service this request right now. Try again later.', { values: { BackOffMilliseconds: String(backOffMs) } });
    working.set(user, count + 1);
    return () => {
      const left = (working.get(user) ?? 1) - 1;
      if (left > 0) working.set(user, left);
      else working.delete(user);
    };
  };
}
