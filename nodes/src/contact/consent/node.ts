import { defineNode, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { MAX_NAME, textOf } from '../../rendered.ts';

const Consent = z
  .enum(['given', 'withdrawn'])
  .optional()
  .meta({ options: { given: 'Given', withdrawn: 'Withdrawn' } });

const config = z
  .strictObject({
    marketing: Consent.meta({ label: 'To news and offers' }),
    service: Consent.meta({ label: 'To answers and notices' }),
    source: limitedText(MAX_NAME)
      .default('flow')
      .meta({ label: 'Where it was given', hint: 'Kept as the proof, such as "newsletter sign-up".' }),
  })
  .refine(({ marketing, service }) => marketing !== undefined || service !== undefined, {
    path: ['marketing'],
    message: 'Say which consent was given or withdrawn.',
  });

const granted = (consent: 'given' | 'withdrawn' | undefined) =>
  consent === undefined ? undefined : consent === 'given';

/** Keeps that the person agreed to be written to, or no longer does. What is left out stays as it is. */
export const consent = defineNode({
  type: 'contact.consent',
  title: 'Keep consent',
  group: 'people',
  icon: 'shield-check',
  description: 'Keeps that the person agreed to news or notices, or withdrew it, and where they did.',
  config,
  literal: ['marketing', 'service'],
  ports: () => ['next'],
  run: ({ config: { marketing, service, source } }) => {
    const proof = textOf(source, MAX_NAME, 'source');
    if (proof === '') throw new Error('The source of the consent is empty. Say where it was given.');
    const change = { marketing: granted(marketing), service: granted(service) };
    const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    return { port: 'next', effects: [{ type: 'contact.consent', ...said, source: proof }] };
  },
});
