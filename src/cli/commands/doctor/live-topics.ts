/** What `hybridge doctor` looks at live. `freebusy` as part of more is both ways between two people. */
export const liveTopics = ['freebusy', 'hma', 'agent', 'move', 'certificates'] as const;
export type LiveTopic = (typeof liveTopics)[number];
