export const autodiscoverNamespace = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
/** WS-Addressing 1.0. */
export const addressingNamespace = 'http://www.w3.org/2005/08/addressing';
export const schemaInstanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/** The WS-Addressing action of an operation, e.g. `…/2010/Autodiscover/Autodiscover/GetUserSettings`. */
export function autodiscoverAction(operation: string): string {
  return `${autodiscoverNamespace}/Autodiscover/${operation}`;
}
