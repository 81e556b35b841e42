import { HybridgeError } from '../foundation/index.ts';

export type TransportErrorCode =
  | 'TRANSPORT_HEAD_TOO_LARGE'
  | 'TRANSPORT_REFUSED'
  | 'TRANSPORT_NO_CERTIFICATE';

/** What goes wrong with mail on its way. Other servers hear an SMTP status instead. */
export class TransportError extends HybridgeError<TransportErrorCode> {
  override readonly name = 'TransportError';
}
