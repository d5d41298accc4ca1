import type { FlowNode } from '@parley/runtime';

const LONGEST = 60; // letters

/** The first words of a step that nobody gave a label: of ten "Send a message", they tell which one is meant. */
export function nodeExcerpt({ label, config }: Pick<FlowNode, 'label' | 'config'>): string {
  if (label) return '';
  const text = [config.text, config.caption, config.name, config.url].find(
    (one) => typeof one === 'string' && one !== '',
  );
  if (typeof text !== 'string') return '';
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
}
