import { describe, expect, it } from 'vitest';
import { runConversation } from './run-conversation.ts';
import bakeryFlow from './testing/bakery-flow.json' with { type: 'json' };

const options = { now: '2026-03-02T09:00:00.000Z', contact: { name: 'Zoë Ünal', phone: '+447700900002' } };
const textOf = (content: object) => ('text' in content ? content.text : null);

describe('runConversation', () => {
  it('gives what the bot sent, in order', async () => {
    const { sent, status, owner } = await runConversation(
      bakeryFlow,
      [{ text: 'Hello' }, { text: 'Order a cake', payload: 'cake' }, { text: 'many' }, { text: '12' }],
      options,
    );
    expect(sent.map(textOf)).toEqual([
      'Hi Zoë, welcome to the *Corner Bakery*! 🥐\nWhat can we do for you?',
      'Lovely! For how many guests?',
      'A number is enough, such as 12. For how many guests?',
      'Noted: a cake for *12*. Come by from Thursday, Zoë.',
    ]);
    expect({ status, owner }).toEqual({ status: 'done', owner: 'bot' });
  });

  it('ends with people where the flow hands over', async () => {
    const talk = await runConversation(bakeryFlow, [{ text: 'hi' }, { payload: 'person' }], options);
    expect(talk).toMatchObject({ status: 'waiting', owner: 'queue' });
  });

  it('lets time pass', async () => {
    const talk = await runConversation(bakeryFlow, [{ text: 'hi' }, { wait: 'PT11H' }], options);
    expect(talk.status).toBe('waiting');
    const late = await runConversation(bakeryFlow, [{ text: 'hi' }, { wait: 'PT13H' }], options);
    expect(late.status).toBe('done');
  });

  it('gives the same answer every time, as plain JSON', async () => {
    const inputs = [{ text: 'hola' }, { text: '2' }, { text: '21' }];
    const one = await runConversation(bakeryFlow, inputs, options);
    expect(await runConversation(bakeryFlow, inputs, options)).toEqual(one);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });

  it('says what is wrong with a document that is no flow', async () => {
    await expect(runConversation({ format: 'parley.flow/1' }, [], options)).rejects.toThrow('This is not a flow');
    await expect(runConversation(null, [], options)).rejects.toThrow('This is not a flow');
  });
});
