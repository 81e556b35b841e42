import { createHash } from 'node:crypto';

/**
 * The id of an application's role. The token service knows roles by their values alone, as tokens carry them; Microsoft
 * Graph wants an id, which is made of the application's and the value (RFC 9562 §5.8) and stays the same.
 */
export function appRoleId(applicationObjectId: string, value: string): string {
  const bytes = createHash('sha256').update(`${applicationObjectId.toLowerCase()}/${value}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
