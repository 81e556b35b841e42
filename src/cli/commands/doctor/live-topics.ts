/** What `hybridge doctor` looks at live, besides one lookup of free/busy. */
export const liveTopics = ['hma', 'agent', 'certificates'] as const;
export type LiveTopic = (typeof liveTopics)[number];
