/** Why a PKCS #12 file is not read. `detail` is for the log: an object identifier, or what was found. */
export class Pkcs12Error extends Error {
  override readonly name = 'Pkcs12Error';
  readonly reason: 'password' | 'unsupported' | 'unreadable';
  readonly detail: string;

  constructor(reason: Pkcs12Error['reason'], detail: string) {
    super(`PKCS #12: ${reason}`);
    this.reason = reason;
    this.detail = detail;
  }
}
