import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Clock, Log } from '../../foundation/index.ts';
import type { AgentMessage } from '../../tunnel/index.ts';
import type { AgentIdentity } from './agent-state.ts';
import { createCertificateRequest } from './create-certificate-request.ts';

export interface RenewalOptions {
  identity: () => AgentIdentity;
  clock: Clock;
  log: Log;
  /** Sends to the relay over a link that is up, if there is one. */
  send: (message: AgentMessage) => void;
  /** Stores the new identity and moves the links over to it; false where it could not be stored and the present one stays. */
  renewed: (identity: AgentIdentity) => boolean;
}

export interface Renewal {
  /** Asks for a new certificate when two thirds of the present one's life are over. Cheap: call it often. */
  check(): void;
  complete(certificate: string): void;
  failed(): void;
}

/** Between two attempts. */
const pauseMs = 60 * 60_000;

/** Renews the agent's certificate over its link, with a new key each time. */
export function createRenewal(options: RenewalOptions): Renewal {
  const { clock, log } = options;
  let privateKey: string | undefined;
  let askedAt = -Infinity;
  return {
    check() {
      const now = clock.now();
      const identity = options.identity();
      if (now - askedAt < pauseMs || now < renewAt(identity.certificate)) return;
      askedAt = now;
      const fresh = createCertificateRequest(identity.agentId);
      privateKey = fresh.privateKey;
      options.send({ type: 'renew', request: fresh.request });
      log.info('a new certificate was asked for');
    },
    complete(certificate) {
      if (privateKey === undefined) return;
      if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))) {
        log.error('the relay sent a certificate for another key');
        return;
      }
      const stored = options.renewed({ ...options.identity(), certificate, privateKey });
      privateKey = undefined;
      if (!stored) return;
      log.info('the certificate was renewed');
    },
    failed() {
      privateKey = undefined;
    },
  };
}

/** Two thirds of the way from the first to the last moment of validity, epoch milliseconds. */
function renewAt(certificate: string): number {
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  return validFromDate.getTime() + ((validToDate.getTime() - validFromDate.getTime()) * 2) / 3;
}
