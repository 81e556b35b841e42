/** As Outlook for Windows names itself. */
export const outlookHeaders = { 'user-agent': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)' };
