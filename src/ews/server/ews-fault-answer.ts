import { EwsFault } from '../codec/ews-fault.ts';
import type { EwsFaultCode } from '../codec/ews-fault.ts';
import { encodeEwsFault } from '../codec/ews-fault-codec.ts';
import type { ServerVersion } from '../codec/server-version.ts';
import type { SoapAnswer } from './ews-service.ts';

/** A whole request's refusal as EWS sends it, for who decides before the request has been read: SOAP 1.1, status 500. */
export function ewsFaultAnswer(code: EwsFaultCode, message: string, serverVersion: ServerVersion): SoapAnswer {
  const { contentType, text } = encodeEwsFault(new EwsFault(code, message), '1.1', serverVersion);
  return { status: 500, headers: { 'content-type': contentType }, body: Buffer.from(text), errorCode: code };
}
