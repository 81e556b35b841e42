import manifest from '../../package.json' with { type: 'json' };

/** The version that an agent reports. */
export const agentVersion: string = manifest.version;
