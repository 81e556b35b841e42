import { isElement } from '../../xml/index.ts';
import type { SoapEnvelope } from '../../xml/index.ts';
import { EwsFault } from '../codec/ews-fault.ts';
import { typesNamespace } from '../codec/namespaces.ts';
import { singleHeader } from '../codec/server-version.ts';

/** Texts by which ConnectingSID names a user; SIDs are not kept here. */
const names = new Set(['PrincipalName', 'PrimarySmtpAddress', 'SmtpAddress', 'SID']);

/** Whom a request wants to act as ([MS-OXWSCDATA] §2.2.3.3). */
export interface ImpersonatedUser {
  kind: 'PrincipalName' | 'PrimarySmtpAddress' | 'SmtpAddress' | 'SID';
  name: string;
}

/**
 * The user in the ExchangeImpersonation header; undefined without one.
 *
 * @throws EwsFault `ErrorInvalidExchangeImpersonationHeaderData`, `ErrorDuplicateSOAPHeader`
 */
export function impersonatedAddress(envelope: SoapEnvelope): ImpersonatedUser | undefined {
  const header = singleHeader(envelope, 'ExchangeImpersonation');
  if (header === undefined) return undefined;
  const [connecting] = header.children;
  const [named] = connecting?.children ?? [];
  const isRead = connecting !== undefined && isElement(connecting, typesNamespace, 'ConnectingSID') && named !== undefined && names.has(named.local);
  const name = named?.text.trim() ?? '';
  if (!isRead || name === '') throw new EwsFault('ErrorInvalidExchangeImpersonationHeaderData', 'The ExchangeImpersonation header names no user.');
  return { kind: named.local as ImpersonatedUser['kind'], name };
}

/** The published refusal. */
export function impersonationDenied(): EwsFault {
  return new EwsFault('ErrorImpersonateUserDenied', 'The account does not have permission to impersonate the requested user.');
}
