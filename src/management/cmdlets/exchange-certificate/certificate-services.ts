/** Services that a certificate can be assigned to, published spelling. */
export const certificateServices = ['None', 'IMAP', 'POP', 'UM', 'IIS', 'SMTP', 'Federation', 'UMCallRouter'] as const;
