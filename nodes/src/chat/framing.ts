import { LIMITS, limitedText, MediaHeader } from '@parley/runtime';
import { z } from 'zod';

/** A few words above the text. */
export const headerText = limitedText(LIMITS.headerText, 0).optional().meta({ label: 'Header' });

/** A few words above the text, or a file. */
export const header = z
  .union([limitedText(LIMITS.headerText, 0), MediaHeader])
  .optional()
  .meta({ label: 'Header', input: 'header' });

/** Small words below the text. */
export const footer = limitedText(LIMITS.footer, 0).optional().meta({ label: 'Footer' });
