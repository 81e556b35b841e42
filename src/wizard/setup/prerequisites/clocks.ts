import { errorText } from '../../../foundation/index.ts';
import type { Prerequisite } from './prerequisite.ts';

/** Tokens are refused where clocks are five minutes apart (1007 AccessDenied at the gateway). */
const toleranceMs = 5 * 60_000;

export const clocks: Prerequisite = {
  id: 'clocks',
  title: 'Clocks',
  async check({ settings, clockOffset }) {
    if (clockOffset === undefined) return { outcome: 'unknown', found: 'Nobody is connected whose clock could be read.', remedy: 'Compare with w32tm /stripchart on each server.' };
    const seen: string[] = [];
    let told = 0;
    const urls = new Set([settings.hybridTargetUri, settings.cloudDiscoveryEndpoint, settings.acsMetadataUrl].map((url) => URL.parse(url)?.origin).filter((origin) => origin !== undefined));
    for (const url of urls) {
      try {
        const offset = await clockOffset(url);
        if (offset === undefined) continue;
        if (Math.abs(offset) > toleranceMs) return { outcome: 'failed', found: `The clock of ${url} is ${Math.round(Math.abs(offset) / 1000)} s ${offset > 0 ? 'ahead' : 'behind'}.`, remedy: 'Set the clock by NTP (w32tm /resync), on this machine if it is the one that is wrong: tokens are refused at more than 5 minutes.' };
        told += 1;
        // A Date header tells whole seconds.
        seen.push(`${new URL(url).hostname} ${Math.abs(offset) < 2000 ? '0 s' : `${offset > 0 ? '+' : '−'}${Math.round(Math.abs(offset) / 1000)} s`}`);
      } catch (error) {
        seen.push(`${new URL(url).hostname} not asked: ${errorText(error)}`);
      }
    }
    return { outcome: told === 0 ? 'unknown' : 'met', found: seen.join(', ') || 'No server told its time.' };
  },
};
