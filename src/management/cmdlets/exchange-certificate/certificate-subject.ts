import { ManagementError } from '../../management-error.ts';

export interface CertificateSubject {
  commonName: string;
  /** In the order in which the parts are encoded: the country first, the common name last. */
  subject: readonly (readonly [type: string, value: string])[];
}

const order = ['C', 'ST', 'L', 'O', 'OU', 'CN'];

/**
 * Reads `C=US,S=WA,L=Redmond,O="Contoso, Ltd",OU=IT,CN=mail.contoso.com`, in any order and case; `S` and `ST` are the
 * state. A value with a comma stands in quotes or has a backslash before it.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE`
 */
export function readCertificateSubject(text: string): CertificateSubject {
  const subject = splitParts(text).map((part): [string, string] => {
    const [, type = '', value = ''] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/s.exec(part) ?? [];
    return [type.toUpperCase() === 'S' ? 'ST' : type.toUpperCase(), unquote(value)];
  });
  const names = subject.filter(([type]) => type === 'CN');
  const commonName = names[0]?.[1] ?? '';
  const isReadable = subject.every(([type, value]) => order.includes(type) && value !== '' && value.length <= 64 && !/[\p{Cc}]/u.test(value) && (type !== 'C' || /^[A-Za-z]{2}$/.test(value)));
  if (!isReadable || names.length !== 1) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The subject name cannot be read.', {
      remedy: 'Give one CN=, and besides it at most C= (two letters), S=, L=, O= and OU=, none longer than 64 characters, for example "C=US,O=Contoso,CN=mail.contoso.com".',
    });
  }
  return { commonName, subject: subject.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)) };
}

function splitParts(text: string): readonly string[] {
  return text.match(/(?:"[^"]*"|\\.|[^,;"\\])+/gs)?.filter((part) => part.trim() !== '') ?? [];
}

function unquote(value: string): string {
  return value.replace(/^"([^"]*)"$/s, '$1').replace(/\\(.)/gs, '$1');
}
