import { type Outcome, runClient } from './call.ts';
import { kapso } from './kapso.ts';
import { twilio } from './twilio.ts';
import { whatsappApiJs } from './whatsapp-api-js.ts';

/** Each foreign client and its run. */
export const clients: { name: string; calls: number; run: () => Promise<Outcome[]> }[] = [
  { name: twilio.name, calls: twilio.calls.length, run: () => runClient(twilio) },
  { name: kapso.name, calls: kapso.calls.length, run: () => runClient(kapso) },
  { name: whatsappApiJs.name, calls: whatsappApiJs.calls.length, run: () => runClient(whatsappApiJs) },
];
