/** Where each provider is to send what it hears. `publicUrl` has no slash at its end. */
export const metaWebhookUrl = (publicUrl: string): string => `${publicUrl}/webhook/meta/whatsapp`;
export const twilioWebhookUrl = (publicUrl: string): string => `${publicUrl}/webhook/twilio/whatsapp`;
export const twilioStatusUrl = (publicUrl: string): string => `${publicUrl}/webhook/twilio/status`;
