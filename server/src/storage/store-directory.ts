import { join } from 'node:path';
import type { Settings } from '../plugins/settings.ts';

/** Where the embedded store lies. */
export const storeDirectory = ({ dataDirectory }: Pick<Settings, 'dataDirectory'>): string =>
  join(dataDirectory, 'store');
