import { findAttribute, isElement } from '../../xml/index.ts';
import type { SoapEnvelope, XmlElement, XmlWriter } from '../../xml/index.ts';
import { EwsFault } from './ews-fault.ts';
import { typesNamespace } from './namespaces.ts';

/** The build of a server, as ServerVersionInfo shows it ([MS-OXWSCDATA] §2.2.3.12). */
export interface ServerVersion {
  majorVersion: number;
  minorVersion: number;
  majorBuildNumber: number;
  minorBuildNumber: number;
  /** Schema version, e.g. `V2017_07_11` or `Exchange2016`. */
  version: string;
}

/** Writes the ServerVersionInfo header of an EWS answer. */
export function writeServerVersionInfo(writer: XmlWriter, version: ServerVersion): void {
  writer.element('h:ServerVersionInfo', '', {
    MajorVersion: String(version.majorVersion),
    MinorVersion: String(version.minorVersion),
    MajorBuildNumber: String(version.majorBuildNumber),
    MinorBuildNumber: String(version.minorBuildNumber),
    Version: version.version,
    'xmlns:h': typesNamespace,
  });
}

/** Reads ServerVersionInfo from the header of another server's answer; undefined where it is missing or incomplete. */
export function readServerVersionInfo(header: readonly XmlElement[]): ServerVersion | undefined {
  const element = header.find((block) => isElement(block, typesNamespace, 'ServerVersionInfo'));
  if (element === undefined) return undefined;
  const number = (name: string): number => Number(findAttribute(element, name) ?? Number.NaN);
  const version: ServerVersion = {
    majorVersion: number('MajorVersion'),
    minorVersion: number('MinorVersion'),
    majorBuildNumber: number('MajorBuildNumber'),
    minorBuildNumber: number('MinorBuildNumber'),
    version: findAttribute(element, 'Version') ?? '',
  };
  const numbers = [version.majorVersion, version.minorVersion, version.majorBuildNumber, version.minorBuildNumber];
  return numbers.every(Number.isSafeInteger) ? version : undefined;
}

/** ExchangeVersionType in its order, oldest first, as far as it is published. */
export const namedVersions = ['Exchange2007', 'Exchange2007_SP1', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2', 'Exchange2013', 'Exchange2013_SP1', 'Exchange2015', 'Exchange2016'] as const;

/** Later servers also take versions of the form V2_22 or V2017_07_11, which clients learn from ServerVersionInfo. */
const datedVersion = /^V\d{1,4}(_\d{1,4}){1,2}$/;

/** The schema that a client speaks. */
export interface RequestServerVersion {
  name: string;
  /** Whether the schema is that version's or a later one's. */
  isFrom(version: (typeof namedVersions)[number]): boolean;
}

/**
 * The RequestServerVersion header of a request. Without one the request counts as Exchange 2007's ("Versioning
 * Requests", EWS reference), whose schema lacks much: see `checkIntroduction`.
 *
 * @throws EwsFault `ErrorInvalidServerVersion`, `ErrorDuplicateSOAPHeader`
 */
export function readRequestServerVersion(envelope: SoapEnvelope): RequestServerVersion {
  const element = singleHeader(envelope, 'RequestServerVersion');
  const name = element === undefined ? 'Exchange2007' : (findAttribute(element, 'Version') ?? '');
  const place = namedVersions.findIndex((known) => known === name);
  const isDated = datedVersion.test(name);
  if (place === -1 && !isDated) throw new EwsFault('ErrorInvalidServerVersion', 'The specified server version is invalid.');
  return { name, isFrom: (version) => isDated || place >= namedVersions.indexOf(version) };
}

/**
 * The header block of that name in the types namespace, which may be there once.
 *
 * @throws EwsFault `ErrorDuplicateSOAPHeader`
 */
export function singleHeader(envelope: SoapEnvelope, local: string): XmlElement | undefined {
  const found = envelope.header.filter((block) => isElement(block, typesNamespace, local));
  // The text is ours: no published one was found (unverified).
  if (found.length > 1) throw new EwsFault('ErrorDuplicateSOAPHeader', `The SOAP header ${local} is present more than once.`);
  return found[0];
}
