/** What the author wrote is not part of our templates; the message names the remedy. */
export class TemplateFault extends Error {
  override name = 'TemplateFault';
}
