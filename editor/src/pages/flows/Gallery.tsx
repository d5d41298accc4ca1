import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddressPart } from '../../ui/use-address.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { ExampleGrid } from './ExampleGrid.tsx';
import { ExamplePreview } from './ExamplePreview.tsx';
import { changeAddress, closeOver } from './list-address.ts';

/** Bots to begin from; one of them in full, where the address names it. */
export default function Gallery() {
  const { t } = useTranslation('flows');
  const isPhone = usePhone();
  useFocusBack();
  const example = useAddressPart('example');
  return (
    <Modal
      opened
      onClose={closeOver}
      title={t('gallery.title')}
      size="72rem"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {example ? (
        <ExamplePreview name={example} onBack={() => changeAddress({ example: null })} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {t('gallery.intro')}
          </Text>
          <ExampleGrid onLook={(name) => changeAddress({ example: name }, 'push')} />
        </>
      )}
    </Modal>
  );
}
