import { Button } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { moved } from './moved.ts';
import { SortableRows } from './SortableRows.tsx';
import classes from './sortable-rows.module.css';

/** Answers that a question takes: plain words, or words with an id of their own. */
export function Choices(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly, id } = useForm();
  const value = useValue(path);
  const items: unknown[] = Array.isArray(value) ? value : [];
  const textOf = (item: unknown) => asText(isObject(item) ? item.title : item);
  const set = (next: unknown[]) => {
    settle();
    change(path, next);
    settle();
  };
  const nameOf = (item: unknown, index: number) => textOf(item) || t('choices.item', { number: index + 1 });
  return (
    <FieldFrame {...props} isGroup isWhole>
      {() => (
        <>
          <SortableRows
            id={path.join('/')}
            names={items.map(nameOf)}
            onMove={(from, to) => set(moved(items, from, to))}
            onRemove={(index) => set(items.filter((_, at) => at !== index))}
          >
            {(index) => (
              <TemplateArea
                control={{
                  id: `${id}-${path.join('-')}-${index}`,
                  'aria-describedby': undefined,
                  'aria-invalid': undefined,
                  'aria-required': undefined,
                }}
                isOneLine
                label={t('choices.item', { number: index + 1 })}
                value={textOf(items[index])}
                onChange={(text) =>
                  change([...path, index], isObject(items[index]) ? { ...items[index], title: text } : text)
                }
              />
            )}
          </SortableRows>
          {isReadOnly ? null : (
            <Button
              className={classes.add}
              variant="light"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              disabled={field.most !== null && items.length >= field.most}
              onClick={() => set([...items, t('choices.new', { number: items.length + 1 })])}
            >
              {t('choices.add')}
            </Button>
          )}
        </>
      )}
    </FieldFrame>
  );
}
