import type { Provider } from '@parley/runtime';

/** A connected number, as the engine, the webhooks and the channels' feature share it. */
export interface Channel {
  id: string;
  organization: string;
  provider: Provider;
  name: string;
  enabled: boolean;
  /** E.164; unknown until the provider has told it. */
  address: string | null;
  /** Meta's id of the number, and of the WhatsApp Business Account that it belongs to. */
  phoneNumberId: string | null;
  businessAccountId: string | null;
  /** Twilio's account (`AC…`), and the Messaging Service (`MG…`) that the number sits in, where it does. */
  accountSid: string | null;
  messagingServiceSid: string | null;
  settings: ChannelSettings;
  check: ChannelCheck;
  heardFromAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ChannelSettings {
  /** How long a send may stay without any word from the provider before it counts as unanswered. */
  silenceSeconds: number;
  /** What becomes of an unanswered text: tried again, or shown to a person as unknown. */
  unanswered: 'retry' | 'unknown';
  /** What a message from the business phone's own app does to a bot that is talking; absent is `pause`. */
  phoneApp?: 'pause' | 'continue';
  /** Of a trial channel: what goes wrong on its phones, in the simulator's words (`TrialScript`). */
  script?: Record<string, unknown>;
}

export interface ChannelCheck {
  state: 'ok' | 'failing' | 'unknown';
  at: Date | null;
  problems: { code: string; message: string; remedy: string }[];
  /** Every question of the last check with its answer; absent before the first. */
  diagnostics?: CheckedDiagnostic[];
}

export interface CheckedDiagnostic {
  id: string;
  topic: string;
  title: string;
  result: 'ok' | 'failing' | 'warning' | 'unknown' | 'not-applicable';
  message: string;
  remedy: string | null;
}

/** Opened only where a call is signed or verified; never part of an answer or a log line. */
export interface MetaSecrets {
  accessToken: string;
  appSecret: string;
  verifyToken: string;
}

export interface TwilioSecrets {
  authToken: string;
}

/** Null secrets: they were sealed under a key that this installation no longer has, or there are none. */
export type MetaChannel = Channel & {
  provider: 'meta';
  secrets: MetaSecrets | null;
  /** The app is the installation's, and hears the numbers of other organizations too. */
  signedUp?: boolean;
};
export type TwilioChannel = Channel & { provider: 'twilio'; secrets: TwilioSecrets | null };
export type SimulatorChannel = Channel & { provider: 'simulator'; secrets: null };
export type ChannelWithSecrets = MetaChannel | TwilioChannel | SimulatorChannel;
