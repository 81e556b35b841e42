import { HybridgeError } from '../foundation/index.ts';

export type XmlErrorCode =
  | 'XML_TOO_LARGE'
  | 'XML_TOO_DEEP'
  | 'XML_TOO_MANY_NODES'
  | 'XML_TOO_MANY_ATTRIBUTES'
  | 'XML_DOCTYPE'
  | 'XML_PROCESSING_INSTRUCTION'
  | 'XML_MALFORMED'
  | 'XML_ENCODING'
  | 'XML_NOT_SOAP';

/** A document that is refused. `facts` hold `line` and `column` (both from 1) where the parser had got that far. */
export class XmlError extends HybridgeError<XmlErrorCode> {
  override readonly name = 'XmlError';
}
