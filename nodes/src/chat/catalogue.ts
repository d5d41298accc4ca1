import { LIMITS, limitedText } from '@parley/runtime';
import { webAddress } from './web-address.ts';

/** The catalogue that is connected with the WhatsApp account, by its id in Meta's Commerce Manager. */
export const catalogId = limitedText(LIMITS.productId).meta({ label: 'Catalogue' });

/** A product by its number in the catalogue (the "content id" or SKU). */
export const productId = limitedText(LIMITS.productId).meta({ label: 'Product' });

/** Shown instead where a provider cannot show the catalogue. */
export const link = webAddress.optional().meta({ label: 'Link to show where the catalogue cannot be shown' });
