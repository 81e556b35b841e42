const connectionBound = /^(?:ntlm|negotiate)\b/i;

/** True for credentials and challenges of schemes that sign a connection in, not a request (RFC 4559 §6, [MS-NTHT]). */
export function bindsConnection(value: string): boolean {
  return connectionBound.test(value);
}
