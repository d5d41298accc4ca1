import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listFlows } from '../../api/flows.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** Another bot by its name, with a way to open it. */
export function Flow(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = asText(useValue(props.path));
  const { data } = useQuery({
    queryKey: ['flows', 'to choose'],
    queryFn: () => listFlows({ q: '', cursor: null }),
    staleTime: 30_000,
  });
  const flows = data?.items ?? [];
  const strange = value !== '' && !flows.some(({ id }) => id === value) ? [{ value, label: value }] : [];
  return (
    <FieldFrame {...props}>
      {(control) => (
        <>
          <NativeSelect
            {...control}
            data={[
              { value: '', label: t('flow.choose') },
              ...strange,
              ...flows.map(({ id, name }) => ({ value: id, label: name || id })),
            ]}
            value={value}
            disabled={isReadOnly}
            onChange={(event) => {
              change(props.path, event.currentTarget.value);
              settle();
            }}
          />
          {value === '' ? null : (
            <Group>
              <PageLink to={`/bots/${value}`} isCurrent={false}>
                {t('flow.open')}
              </PageLink>
            </Group>
          )}
        </>
      )}
    </FieldFrame>
  );
}
