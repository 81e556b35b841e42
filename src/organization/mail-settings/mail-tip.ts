import { z } from 'zod';

/** HTML that people see when they write to somebody, before they send; null for none. Exchange allows 175 characters beside the tags. */
export const mailTip = z
  .string()
  .max(5_000)
  .refine((html) => html.replace(/<[^>]*>/g, '').trim().length <= 175, 'may show at most 175 characters')
  .nullable()
  .default(null);
