/** What New- and Set-OrganizationRelationship have in common. */
export const relationshipParameters = {
  Enabled: { type: 'boolean', description: '$false stops all sharing of this relationship.' },
  FreeBusyAccessEnabled: { type: 'boolean', description: 'Whether free/busy is looked up and answered. Default $false.' },
  FreeBusyAccessLevel: { type: ['None', 'AvailabilityOnly', 'LimitedDetails'], description: 'The most that the other organisation sees. Default None.' },
  FreeBusyAccessScope: { type: 'string', nullable: true, description: 'A group whose members alone are shared.' },
  MailboxMoveEnabled: { type: 'boolean', description: 'Whether mailboxes move by this relationship.' },
  DeliveryReportEnabled: { type: 'boolean', description: 'Whether delivery reports are shared.' },
  MailTipsAccessEnabled: { type: 'boolean', description: 'Whether MailTips are shared.' },
  MailTipsAccessLevel: { type: ['None', 'All', 'Limited'], description: 'Which MailTips are shared.' },
  MailTipsAccessScope: { type: 'string', nullable: true, description: 'A group whose members alone have their MailTips shared.' },
  PhotosEnabled: { type: 'boolean', description: 'Whether photos are shared.' },
  ArchiveAccessEnabled: { type: 'boolean', description: 'Whether remote archives are reached.' },
  TargetApplicationUri: { type: 'string', nullable: true, description: 'How the federation gateway knows the other organisation, for example outlook.com.' },
  TargetAutodiscoverEpr: { type: 'url', nullable: true, description: 'Autodiscover endpoint of the other side, …/autodiscover.svc/WSSecurity.' },
  TargetSharingEpr: { type: 'url', nullable: true, description: 'EWS endpoint of the other side; skips Autodiscover.' },
  TargetOwaURL: { type: 'url', nullable: true, description: 'Outlook on the web of the other side.' },
  OrganizationContact: { type: 'smtpAddress', nullable: true, description: 'Who answers for the other organisation.' },
} as const;
