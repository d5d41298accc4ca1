/** A connected number, as the engine, the webhooks and the channels' feature share it. */
export interface Channel {
  id: string;
  organization: string;
  provider: 'meta' | 'simulator';
  name: string;
  enabled: boolean;
  /** E.164; unknown until the provider has told it. */
  address: string | null;
  phoneNumberId: string | null;
  businessAccountId: string | null;
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
}

export interface ChannelCheck {
  state: 'ok' | 'failing' | 'unknown';
  at: Date | null;
  problems: { code: string; message: string; remedy: string }[];
}

/** Opened only where a call is signed or verified; never part of an answer or a log line. */
export interface MetaSecrets {
  accessToken: string;
  appSecret: string;
  verifyToken: string;
}

export type ChannelWithSecrets = Channel & { secrets: MetaSecrets | null };
