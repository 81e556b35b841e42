/** The connector of the tenant, as Microsoft's own scripts name it. */
export const connectorName = { type: 'string', ignored: true, description: 'Accepted and without effect: there is one connector here.' } as const;
