import { HybridgeError } from '../../foundation/index.ts';

/** An answer that is XML and SOAP, but not what the operation's schema promises. `facts.element` names the place. */
export class UnexpectedAnswer extends HybridgeError<'EWS_UNEXPECTED_ANSWER'> {
  override readonly name = 'UnexpectedAnswer';

  constructor(element: string) {
    super('EWS_UNEXPECTED_ANSWER', 'The answer is not what the EWS schema promises.', { facts: { element } });
  }
}
