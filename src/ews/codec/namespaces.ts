/** EWS namespaces ([MS-OXWSCDATA] §2.2.1). */
export const messagesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/messages';
export const typesNamespace = 'http://schemas.microsoft.com/exchange/services/2006/types';
export const errorsNamespace = 'http://schemas.microsoft.com/exchange/services/2006/errors';
