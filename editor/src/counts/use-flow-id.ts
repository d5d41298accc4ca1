import { usePath } from '../ui/use-address.ts';

/** The bot that is open, as the address `/bots/<id>` names it. */
export const useFlowId = (): string => decodeURIComponent(usePath().split('/')[2] ?? '');
