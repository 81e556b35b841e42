import { passwordOnlyClient } from './password-only-client.ts';

/** Outlook 2013, as it was installed. */
export const oldClient = passwordOnlyClient('h1-old-client', { version: '15.0.4569.1506' });
