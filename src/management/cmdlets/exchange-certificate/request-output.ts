import type { OutputObject } from '../define-cmdlet.ts';

/** A certificate request as New-ExchangeCertificate and Export-ExchangeCertificate give it: PEM as text, or the bytes of its DER form. */
export function requestOutput(thumbprint: string, request: string, binary: boolean): OutputObject {
  const fileData = binary ? request.replace(/-----[^-]+-----|\s/g, '') : request;
  // The mark by which the real service says that text is bytes.
  return { ...(binary ? { 'FileData@data.type': 'System.Byte[]' } : {}), FileData: fileData, Identity: thumbprint, IsValid: true, ObjectState: 'New' };
}
