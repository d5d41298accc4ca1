/**
 * WhatsApp's limits, in characters and items. Source: Meta Cloud API, "Send messages" and the page of each message type
 * (v24), its OpenAPI 23.0 where a page names no number.
 */
export const LIMITS = {
  text: 4096,
  caption: 1024,
  /** The body of every interactive message but the list. */
  interactiveBody: 1024,
  headerText: 60,
  footer: 60,
  url: 2000,
  buttonBody: 1024,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listBody: 4096, // the pages say 4096, the OpenAPI 1024
  listButton: 20,
  listSections: 10,
  listRows: 10,
  listSectionTitle: 24,
  listRowTitle: 24,
  listRowDescription: 72,
  listRowId: 200,
  callToActionButton: 20,
  formButton: 30, // OpenAPI: flow_cta
  formToken: 200,
  formScreen: 200,
  productId: 100,
  products: 30, // over all sections
  productSections: 10,
  productSectionTitle: 24,
  carouselCardsLeast: 2,
  carouselCards: 10,
  cardText: 160,
  cardLineBreaks: 2,
  cardButtons: 2, // Meta says "one or more"; the templates of the same look hold two
  contacts: 257,
  templateName: 512,
  couponCode: 15,
} as const;

/** What Twilio allows less of. Source: Twilio, Messages resource (`Body`) and Content types `twilio/list-picker`, `twilio/quick-reply`. */
export const TWILIO_LIMITS = { text: 1600, listBody: 1024, listRows: 10 } as const;
