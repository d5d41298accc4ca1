import { type Problem, parseFlow } from '@parley/runtime';
import type { Channel } from '../../storage/channel.ts';
import type { TemplateStore } from './store.ts';
import { type KnownNumber, TEMPLATE_CODES, templateProblems } from './template-problems.ts';
import { templateSendsIn } from './template-sends.ts';

interface Deps {
  templates: Pick<TemplateStore, 'named' | 'hasAny'>;
  channels: { enabled(organization: string): Promise<Pick<Channel, 'id' | 'name' | 'provider'>[]> };
}

/**
 * Checks the templates that a document sends against what WhatsApp told of the organization's numbers: of those that the
 * flow answers on, where it names any. A document that sends none costs no reading.
 */
export function judgeTemplates({ templates, channels }: Deps) {
  return { codes: TEMPLATE_CODES, problems };

  async function problems(organization: string, document: unknown): Promise<Problem[]> {
    const { flow } = parseFlow(document);
    const sends = flow ? templateSendsIn(flow) : [];
    if (!flow || sends.length === 0) return [];
    const { channels: chosen } = flow.settings;
    const answering = (await channels.enabled(organization)).filter(
      ({ id, provider }) => provider !== 'simulator' && (chosen.length === 0 || chosen.includes(id)),
    );
    const names = [...new Set(sends.map(({ name }) => name))];
    return templateProblems(sends, await knownNumbers(organization, answering, names));
  }

  /** Without those that have no template at all: theirs were never read. */
  async function knownNumbers(
    organization: string,
    numbers: Pick<Channel, 'id' | 'name' | 'provider'>[],
    names: readonly string[],
  ): Promise<KnownNumber[]> {
    if (numbers.length === 0) return [];
    const ids = numbers.map(({ id }) => id);
    const found = Map.groupBy(await templates.named(organization, ids, names), ({ channel }) => channel);
    const known = await Promise.all(
      numbers.map(async ({ id, name, provider }) => {
        const own = found.get(id) ?? [];
        return own.length > 0 || (await templates.hasAny(organization, id)) ? [{ name, provider, templates: own }] : [];
      }),
    );
    return known.flat();
  }
}
