import { Badge, Group } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listTemplates, type WhatsAppTemplate } from '../../api/templates.ts';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { valueAt } from '../../document/value-at.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useProblemsAt, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { OfferedText } from './OfferedText.tsx';
import { ReadTemplates } from './ReadTemplates.tsx';
import classes from './template.module.css';
import { templateParts } from './template-parts.ts';
import { TEMPLATES } from './use-read-templates.ts';

/** A template of WhatsApp by its name: those that are known are offered with their language, others can be typed. */
export function Template(props: FieldProps) {
  const { path } = props;
  const { t } = useTranslation('inspector');
  const form = useForm();
  const around = path.slice(0, -1);
  const name = asText(useValue(path));
  const language = useValue([...around, 'language']);
  const { data: templates = [], error } = useQuery({
    queryKey: TEMPLATES,
    queryFn: listTemplates,
    staleTime: 60_000,
  });
  const variants = templates.filter((one) => one.name === name);
  const chosen = variants.find((one) => one.language === language) ?? variants[0];

  const isTold = useProblemsAt(path).length > 0; // by the server, in more words
  const take = (template: WhatsAppTemplate) => {
    const beside = valueAt(form.values(), around);
    const config = isObject(beside) ? beside : {};
    const given = isObject(config.parameters) ? config.parameters : {};
    const { parameters } = templateParts(template);
    form.settle();
    form.change(around, {
      ...config,
      name: template.name,
      language: template.language,
      parameters: Object.fromEntries(parameters.map((one) => [one, given[one] ?? ''])),
    });
    form.settle();
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <>
          <OfferedText
            control={control}
            options={[...new Set(templates.map((one) => one.name))].map((one) => ({ value: one }))}
            value={name}
            placeholder={t('template.placeholder')}
            onText={(text) => {
              const typed = text.trim();
              const known = templates.find((one) => one.name === typed);
              if (known && typed !== name) take(known);
              else form.change(path, typed);
            }}
          />
          {error ? <p className={classes.note}>{t('template.away')}</p> : null}
          {templates.length === 0 && !error ? <p className={classes.note}>{t('template.none')}</p> : null}
          {name !== '' && templates.length > 0 && variants.length === 0 && !isTold ? (
            <p className={classes.note}>{t('template.unknown', { name })}</p>
          ) : null}
          {variants.length > 0 ? (
            <Group gap={6} role="group" aria-label={t('template.languages')}>
              {variants.map((one) => (
                <button
                  key={one.id}
                  type="button"
                  className={classes.language}
                  aria-pressed={one === chosen}
                  onClick={() => take(one)}
                >
                  <bdi>{one.language}</bdi>
                  <Status status={one.status} />
                </button>
              ))}
            </Group>
          ) : null}
          {chosen ? <TemplatePreview template={chosen} /> : null}
          <ReadTemplates known={templates} />
        </>
      )}
    </FieldFrame>
  );
}

function Status({ status }: { status: string }) {
  const { t } = useTranslation('inspector');
  const known = ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED'] as const;
  const found = known.find((one) => one === status);
  return (
    <Badge size="sm" variant="light" color={status === 'APPROVED' ? 'teal' : 'orange'} className={classes.status}>
      {found ? t(`template.status.${found}`) : status}
    </Badge>
  );
}

function TemplatePreview({ template }: { template: WhatsAppTemplate }) {
  const { t } = useTranslation('inspector');
  const { header, body, footer, buttons } = templateParts(template);
  return (
    <figure className={classes.preview} aria-label={t('template.preview')} dir="auto">
      {header ? <strong>{header}</strong> : null}
      <div className={classes.body}>
        <FormattedText text={body} />
      </div>
      {footer ? <small>{footer}</small> : null}
      {buttons.map((one) => (
        <span key={one} className={classes.button}>
          {one}
        </span>
      ))}
    </figure>
  );
}
