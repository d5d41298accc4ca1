import type { ContentOf, Header } from '@parley/runtime';

export type Body = Record<string, unknown>;

type Interactive = ContentOf<
  'buttons' | 'list' | 'callToAction' | 'locationRequest' | 'form' | 'product' | 'products' | 'carousel'
>;

type Place = Pick<ContentOf<'location'>, 'latitude' | 'longitude' | 'title' | 'address'>;

const FLOW_MESSAGE_VERSION = '3'; // the only one that Meta takes

/** The part `interactive` of a send. Source: Meta Cloud API, the pages of each interactive message, Graph v24. */
export function interactiveOf(content: Interactive): Body {
  switch (content.kind) {
    case 'buttons': {
      const buttons = content.buttons.map((reply) => ({ type: 'reply', reply }));
      return { type: 'button', ...framed(content), action: { buttons } };
    }
    case 'list': {
      const { button, sections } = content;
      return { type: 'list', ...framed(content), action: { button, sections: sections.map(rowsOf) } };
    }
    case 'callToAction': {
      const parameters = { display_text: content.button, url: content.url };
      return { type: 'cta_url', ...framed(content), action: { name: 'cta_url', parameters } };
    }
    case 'locationRequest':
      return { type: 'location_request_message', body: { text: content.text }, action: { name: 'send_location' } };
    case 'form':
      return { type: 'flow', ...framed(content), action: { name: 'flow', parameters: formOf(content) } };
    case 'product': {
      const { catalogId: catalog_id, productId: product_retailer_id } = content;
      return { type: 'product', ...framed(content), action: { catalog_id, product_retailer_id } };
    }
    case 'products':
      return {
        type: 'product_list',
        ...framed(content),
        action: { catalog_id: content.catalogId, sections: content.sections.map(productsOf) },
      };
    case 'carousel':
      return { type: 'carousel', body: { text: content.text }, action: { cards: content.cards.map(cardOf) } };
  }
}

/** Header, body and footer; an empty one is left out, for Meta refuses empty texts. */
function framed({ header, text, footer }: { header?: Header; text?: string; footer?: string }): Body {
  return {
    ...(header ? { header: headerOf(header) } : {}),
    ...(text ? { body: { text } } : {}),
    ...(footer ? { footer: { text: footer } } : {}),
  };
}

function headerOf(header: Header): Body {
  if (typeof header === 'string') return { type: 'text', text: header };
  const { kind, filename } = header;
  const named = kind === 'document' && filename ? { filename } : {};
  return { type: kind, [kind]: { ...fileOf(header), ...named } };
}

function formOf({ formId, formName, button, token, mode, screen, data }: ContentOf<'form'>): Body {
  return {
    flow_message_version: FLOW_MESSAGE_VERSION,
    ...(formId === undefined ? { flow_name: formName } : { flow_id: formId }),
    flow_cta: button,
    flow_token: token,
    ...(mode === 'draft' ? { mode } : {}), // published is what Meta takes it for
    // Meta refuses an empty `data`; without a screen it opens the form's first one
    ...(screen === undefined
      ? {}
      : { flow_action: 'navigate', flow_action_payload: { screen, ...(isFilled(data) ? { data } : {}) } }),
  };
}

const isFilled = (data: object | undefined): boolean => data !== undefined && Object.keys(data).length > 0;

/** A section and a row without their empty texts. */
const rowsOf = ({ title, rows }: ContentOf<'list'>['sections'][number]): Body => ({
  ...(title ? { title } : {}),
  rows: rows.map(({ description, ...row }) => ({ ...row, ...(description ? { description } : {}) })),
});

const productsOf = ({ title, productIds }: ContentOf<'products'>['sections'][number]): Body => ({
  title,
  product_items: productIds.map((product_retailer_id) => ({ product_retailer_id })),
});

/** Meta's own samples say `cta_url` also on a card with quick replies. */
function cardOf({ header, text, url, button, buttons }: ContentOf<'carousel'>['cards'][number], index: number): Body {
  const action =
    url === undefined
      ? { buttons: buttons?.map((quick_reply) => ({ type: 'quick_reply', quick_reply })) }
      : { name: 'cta_url', parameters: { display_text: button, url } };
  return {
    card_index: index,
    type: 'cta_url',
    header: { type: header.kind, [header.kind]: fileOf(header) },
    ...(text ? { body: { text } } : {}),
    action,
  };
}

export const fileOf = ({ url, mediaId }: { url?: string; mediaId?: string }): Body =>
  mediaId ? { id: mediaId } : { link: url };

/** A place on the map; empty words are left out. */
export const placeOf = ({ latitude, longitude, title, address }: Place): Body => ({
  latitude,
  longitude,
  ...(title ? { name: title } : {}),
  ...(address ? { address } : {}),
});
