import { VariableName } from '@parley/runtime';
import { z } from 'zod';

/** What a flow that nobody wrote to does where another one is talking with the person. */
export const WhenBusy = z
  .enum(['skip', 'replace'])
  .default('skip')
  .meta({ label: 'While another bot is talking', options: { skip: 'Do not begin', replace: 'Take its place' } });

export const SavedAs = (name: string) => VariableName.default(name).meta({ label: 'Remember what came as' });
