import { errorCodes, ProtocolViolation } from './protocol.ts';

/** Frames that achieve nothing for whoever sends them: at once, and a second. */
const burst = 2000;
const perSecond = 500;

/**
 * Counts frames that cost this side something and carry nothing (pings, settings, empty data, tiny credits):
 * the floods of CVE-2019-9511 to 9518. Opening and resetting streams is not counted: behind it are clients that
 * come and go, who must not be able to end a link that others use (docs/decisions/0010).
 */
export class FloodGuard {
  readonly #now: () => number;
  #count = 0;
  #since: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** @throws ProtocolViolation */
  note(): void {
    this.#count += 1;
    if (this.#count <= burst) return;
    const now = this.#now();
    this.#count = Math.max(0, this.#count - ((now - this.#since) / 1000) * perSecond);
    this.#since = now;
    if (this.#count > burst) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'too many frames that carry nothing');
  }
}
