import { HybridgeError } from '../../foundation/index.ts';
import type { XmlElement } from '../../xml/index.ts';

/** The [MS-OXWSCDATA] ResponseCodeType values with which a whole request is refused here. */
export type EwsFaultCode =
  | 'ErrorAccessDenied'
  | 'ErrorDuplicateSOAPHeader'
  | 'ErrorImpersonateUserDenied'
  | 'ErrorInternalServerError'
  | 'ErrorInvalidArgument'
  | 'ErrorInvalidFreeBusyViewType'
  | 'ErrorInvalidMergedFreeBusyInterval'
  | 'ErrorInvalidRequest'
  | 'ErrorInvalidServerVersion'
  | 'ErrorInvalidTimeInterval'
  | 'ErrorMailboxDataArrayEmpty'
  | 'ErrorMailboxDataArrayTooBig'
  | 'ErrorMissingArgument'
  | 'ErrorSchemaValidation'
  | 'ErrorTimeIntervalTooBig'
  | 'ErrorTimeZone';

export interface SchemaViolation {
  line: number;
  column: number;
  violation: string;
}

export interface EwsFaultOptions {
  /** HTTP status of the answer. Default 500, with which EWS sends all its faults. */
  status?: number;
  violation?: SchemaViolation;
  cause?: unknown;
}

/** A request that is refused as a whole, with Microsoft's own code and text. It leaves as a SOAP fault. */
export class EwsFault extends HybridgeError<EwsFaultCode> {
  override readonly name = 'EwsFault';
  readonly status: number;
  readonly violation: SchemaViolation | undefined;

  constructor(code: EwsFaultCode, message: string, options: EwsFaultOptions = {}) {
    super(code, message, { cause: options.cause, ...(options.violation === undefined ? {} : { facts: { ...options.violation } }) });
    this.status = options.status ?? 500;
    this.violation = options.violation;
  }
}

/** The request does not follow the published schema. The text has the published form: "The request failed schema validation: …". */
export function schemaViolation(element: XmlElement, violation: string): EwsFault {
  return new EwsFault('ErrorSchemaValidation', `The request failed schema validation: ${violation}`, {
    violation: { line: element.line, column: element.column, violation },
  });
}
