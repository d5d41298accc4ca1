import { resolve } from 'node:path';
import type { ContactFacts } from '@parley/runtime';
import { z } from 'zod';
import { CommandFailed, type Given, type Terminal } from '../command.ts';
import { readJson } from './read-json.ts';

const text = z.string().nullable();
const contactSchema = z
  .strictObject({
    id: z.string(),
    name: text,
    firstName: text,
    lastName: text,
    phone: text,
    email: text,
    language: text,
    tags: z.array(z.string()),
    groups: z.array(z.string()),
    attributes: z.record(z.string(), z.json()),
    consent: z.strictObject({ service: z.boolean(), marketing: z.boolean() }),
  })
  .partial();

/** Whom the bot talks to: `--contact` as a file or as JSON itself, and `--language`. */
export function contactFrom({ contact, language }: Given, { cwd }: Terminal): Partial<ContactFacts> {
  const given = typeof contact === 'string' ? parsed(contact, cwd) : {};
  return typeof language === 'string' ? { ...given, language } : given;
}

function parsed(contact: string, cwd: string): Partial<ContactFacts> {
  const inline = contact.trimStart().startsWith('{');
  const document = inline ? parsedInline(contact) : readJson(resolve(cwd, contact), contact);
  const { data, error } = contactSchema.safeParse(document);
  if (data) return data;
  const issues = error.issues.map((issue) => `${issue.path.join('.') || 'the contact'}: ${issue.message}`);
  throw new CommandFailed(
    `--contact is wrong. ${issues.join('; ')}. It may have: ${Object.keys(contactSchema.shape).join(', ')}.`,
  );
}

function parsedInline(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new CommandFailed('--contact is not JSON. Write it as \'{"name": "Ana"}\', or name a file.', {
      cause: error,
    });
  }
}
