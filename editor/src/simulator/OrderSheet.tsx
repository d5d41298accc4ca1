import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type InboundMessage, inboundMessage } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import sheet from '../chat/list-sheet.module.css';
import { Sheet } from '../chat/Sheet.tsx';
import { useFields } from '../ui/use-fields.ts';

interface OrderSheetProps {
  isOpen: boolean;
  /** What the bot offered last. */
  product: string;
  onClose: () => void;
  onSend: (message: InboundMessage) => void;
}

/** A cart of one product, as the catalogue of WhatsApp sends it. */
export function OrderSheet({ isOpen, product, onClose, onSend }: OrderSheetProps) {
  const { t } = useTranslation('simulator');
  return (
    <Sheet title={isOpen ? t('order.title') : null} onClose={onClose}>
      <Fields
        product={product}
        onSend={(message) => {
          onClose();
          onSend(message);
        }}
      />
    </Sheet>
  );
}

function Fields({ product, onSend }: Pick<OrderSheetProps, 'product' | 'onSend'>) {
  const { t } = useTranslation('simulator');
  const initial = { product, quantity: '1', price: '10', currency: 'EUR' };
  const { form, field, onSubmit } = useFields(initial, {
    product: (value) => (value.trim() === '' ? t('needed') : null),
    quantity: (value) => (/^[1-9]\d{0,3}$/.test(value.trim()) ? null : t('order.wrongQuantity')),
    price: (value) => (/^\d+([.]\d+)?$/.test(value.trim()) ? null : t('order.wrongPrice')),
  });
  const send = ({ product, quantity, price, currency }: typeof initial) => {
    const item = {
      product_retailer_id: product.trim(),
      quantity: Number(quantity),
      item_price: Number(price),
      currency,
    };
    onSend(inboundMessage({ type: 'order', data: { catalog_id: 'simulated', product_items: [item] } }));
  };
  return (
    <form ref={form} onSubmit={onSubmit(send)} noValidate>
      <Stack gap="sm" className={sheet.answers}>
        <TextInput label={t('order.product')} {...field('product')} />
        <Group grow align="flex-start">
          <TextInput label={t('order.quantity')} inputMode="numeric" {...field('quantity')} />
          <TextInput label={t('order.price')} inputMode="decimal" {...field('price')} />
          <TextInput label={t('order.currency')} maxLength={3} {...field('currency')} />
        </Group>
        <Button type="submit">{t('order.send')}</Button>
      </Stack>
    </form>
  );
}
