import { type InboundMessage, isObject, type JsonObject, valueToNumber, valueToText } from '@parley/runtime';

/**
 * An order as a flow keeps it: `{ catalogId, text, items: [{ productId, quantity, price, currency }], total, currency }`.
 * `total` is null where the items have different currencies or lack a price. Null for a message that is no order.
 */
export function orderOf({ type, data }: InboundMessage): JsonObject | null {
  if (type !== 'order' || !data) return null;
  const items = listOf(data.product_items).filter(isObject).map(itemOf);
  const currencies = new Set(items.map((item) => item.currency));
  const priced = items.every((item) => item.price !== null) && currencies.size === 1;
  const total = priced ? items.reduce((sum, { price, quantity }) => sum + (price ?? 0) * quantity, 0) : null;
  return {
    catalogId: valueToText(data.catalog_id) || null,
    text: valueToText(data.text) || null,
    items,
    total: total === null ? null : Math.round(total * PRECISION) / PRECISION,
    currency: currencies.size === 1 ? (items[0]?.currency ?? null) : null,
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const PRECISION = 1_000; // no currency has more than three decimals

const itemOf = (item: Record<string, unknown>) => ({
  productId: valueToText(item.product_retailer_id),
  quantity: valueToNumber(item.quantity) ?? 1,
  price: valueToNumber(item.item_price),
  currency: valueToText(item.currency) || null,
});
