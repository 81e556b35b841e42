import type { Log } from '../../foundation/index.ts';
import { errorCode, errorText, HybridgeError } from '../../foundation/index.ts';
import type { RelayLink } from './open-relay-link.ts';

export interface LinkFailure {
  code: string;
  message: string;
  remedy?: string;
}

export interface LinkStatus {
  state: 'connecting' | 'up' | 'waiting' | 'draining' | 'closed';
  /** Of the last failure; absent while up. */
  lastError?: LinkFailure;
}

export interface KeepLinkOptions {
  /** Opens a link; `onClosed` must be called once when it ends later. */
  open: (onClosed: (error: Error | undefined) => void) => Promise<RelayLink>;
  onStateChanged: () => void;
  random: () => number;
  /** First pause after a failure, milliseconds; doubles up to `maximumPauseMs`. */
  minimumPauseMs: number;
  maximumPauseMs: number;
  log: Log;
}

/** A place that always holds a link, as far as that is possible. */
export interface KeptLink {
  readonly status: LinkStatus;
  /** The present link, and older ones on which streams are still in work. */
  readonly links: readonly RelayLink[];
  /** The relay has accepted the link. */
  welcomed(): void;
  /** The relay has said why it refuses. */
  refused(failure: LinkFailure): void;
  /** Opens a fresh link; once the relay has accepted it, the present one ends as its streams do. */
  replace(): void;
  /** Opens no more links and ends the present one when its streams have. */
  stop(): void;
  destroy(): void;
}

/** A link that was up this long had no fault of its own: the next attempt comes at once. */
const steadyMs = 10_000;

export function keepLink(options: KeepLinkOptions): KeptLink {
  const { log } = options;
  const olderLinks = new Set<RelayLink>();
  let link: RelayLink | undefined;
  let status: LinkStatus = { state: 'connecting' };
  let failures = 0;
  let upSince = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let refusal: LinkFailure | undefined;

  const setStatus = (next: LinkStatus): void => {
    status = next;
    options.onStateChanged();
  };
  // What was foreseen needs no stack: while a proxy is down, it is the same line many times.
  const noteFailure = (error: unknown, { code, message, remedy }: LinkFailure): void =>
    log.warn({ code, ...(remedy === undefined ? {} : { remedy }), ...(error instanceof HybridgeError ? { facts: error.facts } : { err: error }) }, message);
  const wait = (error: LinkFailure): void => {
    if (stopped) return setStatus({ state: 'closed' });
    const pause = Math.min(options.maximumPauseMs, options.minimumPauseMs * 2 ** failures) * (0.5 + options.random() / 2);
    failures += 1;
    setStatus({ state: 'waiting', lastError: error });
    timer = setTimeout(connect, pause);
  };
  const connect = (): void => {
    if (stopped) return;
    setStatus({ ...status, state: 'connecting' });
    refusal = undefined;
    let mine: RelayLink | undefined;
    const onClosed = (error: Error | undefined): void => {
      if (mine !== undefined && olderLinks.delete(mine)) return;
      link = undefined;
      if (upSince !== 0 && performance.now() - upSince > steadyMs) failures = 0;
      upSince = 0;
      const reason = refusal ?? (error === undefined ? { code: 'AGENT_RELAY_UNREACHABLE', message: 'The relay closed the link.' } : failureOf(error));
      if (!stopped) noteFailure(error, reason);
      wait(reason);
    };
    options.open(onClosed).then(
      (opened) => {
        mine = opened;
        link = opened;
        if (stopped) opened.finish();
      },
      (error: unknown) => {
        const reason = failureOf(error);
        if (!stopped) noteFailure(error, reason);
        wait(reason);
      },
    );
  };
  connect();
  return {
    get status() {
      return status;
    },
    get links() {
      return link === undefined ? [...olderLinks] : [link, ...olderLinks];
    },
    welcomed() {
      for (const old of olderLinks) {
        old.send({ type: 'drain' });
        old.finish();
      }
      if (status.lastError !== undefined) log.info({ before: status.lastError.code }, 'the link is up again');
      upSince = performance.now();
      failures = 0;
      setStatus({ state: 'up' });
    },
    refused(failure) {
      refusal = failure;
    },
    replace() {
      if (stopped || link === undefined) return;
      olderLinks.add(link);
      link = undefined;
      clearTimeout(timer);
      connect();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      setStatus({ state: link === undefined ? 'closed' : 'draining' });
      for (const old of olderLinks) old.finish();
      link?.finish();
    },
    destroy() {
      stopped = true;
      clearTimeout(timer);
      for (const old of olderLinks) old.destroy();
      link?.destroy();
    },
  };
}

function failureOf(error: unknown): LinkFailure {
  const remedy = error instanceof HybridgeError ? error.remedy : undefined;
  return { code: errorCode(error) ?? 'AGENT_RELAY_UNREACHABLE', message: errorText(error), ...(remedy === undefined ? {} : { remedy }) };
}
