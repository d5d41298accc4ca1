const COLUMN = 336; // pixels from card to card
const ROW = 256;

const TEXTS = [
  '*Hello* {{contact.name}}, thanks for writing to us! How can we help you today?',
  'We deliver from Monday to Friday between 9:00 and 18:00. Your order {{order.number}} is on its way.',
  'Please tell us your e-mail address, so that we can send you the invoice for _{{order.total}}_.',
  'ما هو رقم طلبك؟ يمكنك العثور عليه في رسالة التأكيد.',
];

/** A flow of real texts, buttons, questions and branches in a grid of rows, each row a chain. */
export function largeFlow(count: number, columns: number) {
  const nodes = Array.from({ length: count }, (_, at) => nodeAt(at));
  const edges = nodes.slice(1).flatMap(({ id }, at) => {
    if ((at + 1) % columns === 0) return [];
    const source = nodes[at];
    return source ? [{ id: `e${at}`, source: source.id, sourceHandle: portOf(at), target: id }] : [];
  });
  const layout = {
    nodes: Object.fromEntries(
      nodes.map(({ id }, at) => [id, [(at % columns) * COLUMN, Math.floor(at / columns) * ROW]]),
    ),
  };
  return { format: 'parley.flow/1', name: 'Large', nodes, edges, layout };
}

const text = (at: number) => `${at}: ${TEXTS[at % TEXTS.length]}`;

function nodeAt(at: number) {
  const id = `n${at}`;
  if (at === 0) return { id, type: 'trigger.message', config: { match: 'keyword', keywords: ['hello', 'hi'] } };
  if (at % 4 === 1)
    return {
      id,
      type: 'chat.buttons',
      config: {
        text: text(at),
        buttons: [
          { id: 'yes', title: 'Yes, please' },
          { id: 'no', title: 'Not now' },
        ],
      },
    };
  if (at % 4 === 2)
    return {
      id,
      type: 'chat.ask',
      config: { text: text(at), answer: 'email', saveAs: `answer${at}`, timeout: 'PT30M' },
    };
  if (at % 4 === 3)
    return {
      id,
      type: 'logic.branch',
      config: { match: 'all', conditions: [{ left: '{{order.total}}', operator: 'greaterThan', right: at }] },
    };
  return { id, type: 'chat.send', config: { kind: 'text', text: text(at) } };
}

const portOf = (at: number): string => (at % 4 === 1 || at % 4 === 3 ? 'yes' : 'next');
