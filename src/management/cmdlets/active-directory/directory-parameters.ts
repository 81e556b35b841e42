/** How the cmdlets of the ActiveDirectory module would reach a directory; there is one here. */
export const directoryParameters = {
  AuthType: { type: ['Negotiate', 'Basic'], ignored: true, description: 'Accepted and without effect: the session is open.' },
  Credential: { type: 'credential', refused: true, description: 'Cmdlets run as who opened the session.' },
  Partition: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
  Server: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
} as const;
