import { passwordOnlyClient } from './password-only-client.ts';

export const switchedOff = passwordOnlyClient('h1-switched-off', { enableAdal: 0 });
