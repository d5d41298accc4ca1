import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { holdsFocus } from './support/focus.ts';
import { configOf, END, flowOf, inspectorPages, intoCode, MENU, saved, select } from './support/inspector.ts';
import { PNG } from './support/pictures.ts';
import { saveFlow } from './support/visit.ts';

const open = await inspectorPages();

describe('texts', () => {
  it('formats, counts, completes a variable by the keyboard, and undoes as one act', async () => {
    const { page, settings, id } = await open([
      { ...MENU },
      { id: 'age', type: 'chat.ask', config: { text: 'Age?', answer: 'number', saveAs: 'age' } } as { id: string },
    ]);
    const message = settings.getByRole('textbox', { name: 'Message' });
    await message.fill('');
    await message.pressSequentially('Hi {{contact.fi');
    const list = page.getByRole('listbox', { name: 'Variables and helpers' });
    await list.getByRole('option', { name: /contact\.firstName.*Text.*Ana/ }).waitFor();
    await message.press('Enter');
    await expect.poll(() => message.inputValue()).toBe('Hi {{contact.firstName}}');
    await message.pressSequentially('{{ag');
    await list.getByRole('option', { name: /^age.*Number.*Age\?/ }).waitFor();
    await message.press('Escape');
    await expect.poll(() => list.count()).toBe(0);
    await message.fill('word');
    await message.selectText();
    await message.press('Control+b');
    await expect.poll(() => message.inputValue()).toBe('*word*');
    await settings.getByRole('button', { name: 'Show as on WhatsApp' }).click();
    await settings.getByRole('figure').locator('strong', { hasText: 'word' }).waitFor();
    await saved(page, id, (document) => configOf(document, 'menu').text === '*word*');
  });

  it('shows a problem at its field, with a limit that is told while one types', async () => {
    const { settings } = await open([MENU]);
    const title = settings.getByRole('textbox', { name: 'Title' }).first();
    await title.fill('A title that no button can hold');
    await expect.poll(() => title.getAttribute('aria-invalid')).toBe('true');
    const describing = (await title.getAttribute('aria-describedby')) ?? '';
    await expect.poll(() => settings.locator(`[id="${describing}"]`).textContent()).toContain('20');
    await title.fill('Fine');
    await expect.poll(() => title.getAttribute('aria-invalid')).toBeNull();
  });

  it('inserts an emoji from this server', async () => {
    const { page, settings, id } = await open([
      { id: 'react', type: 'chat.react', config: { emoji: '👍' } } as { id: string },
    ]);
    await settings.getByRole('button', { name: 'All emoji' }).click();
    const search = page.getByRole('searchbox', { name: 'Search emoji' });
    await search.fill('rocket');
    await page
      .getByRole('gridcell', { name: /rocket/i })
      .first()
      .click();
    await saved(page, id, (document) => configOf(document, 'react').emoji === '🚀');
  });
});

describe('lists', () => {
  it('sorts by the keyboard, names new choices by their words, and takes edges along', async () => {
    const { page, settings, id } = await open([MENU, END], {
      edges: [
        { id: 'e1', source: 'menu', sourceHandle: 'yes', target: 'bye' },
        { id: 'e2', source: 'menu', sourceHandle: 'no', target: 'bye' },
      ],
    });
    const buttons = settings.getByRole('group', { name: /^Buttons/ });
    await settings.getByRole('button', { name: 'Add a button' }).click();
    await buttons.getByRole('textbox', { name: 'Title' }).nth(2).fill('Más tarde');
    await buttons.getByRole('textbox', { name: 'Title' }).nth(2).blur();
    await saved(page, id, (document) => JSON.stringify(configOf(document, 'menu')).includes('"mas-tarde"'));

    const handle = buttons.getByRole('button', { name: 'Move Yes', exact: true });
    await handle.focus();
    await page.keyboard.press('Space');
    await page.getByText('Yes is taken up.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('Yes is at place 2 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => titlesIn(buttons)).toEqual(['No', 'Yes', 'Más tarde']);

    await buttons.getByRole('button', { name: 'Remove Yes' }).click();
    const document = await saved(page, id, ({ edges }) => edges.length === 1);
    expect(document.edges).toMatchObject([{ sourceHandle: 'no' }]);
    await page.keyboard.press('Control+z');
    await saved(page, id, ({ edges }) => edges.length === 2);
  });

  it('builds conditions with operators that fit the type', async () => {
    const { page, settings, id } = await open([
      {
        id: 'branch',
        type: 'logic.branch',
        config: { conditions: [{ left: '{{contact.tags}}', operator: 'contains', right: 'vip' }] },
      } as { id: string },
    ]);
    const operator = settings.getByRole('combobox', { name: 'Comparison' });
    await operator.getByRole('option', { name: 'has any of' }).waitFor({ state: 'attached' });
    const offered = await operator.getByRole('option').allTextContents();
    expect(offered).not.toContain('begins with');
    await operator.selectOption({ label: 'has any of' });
    const several = settings.getByRole('textbox', { name: 'Any of these' });
    await several.fill('new');
    await several.press('Enter');
    const document = await saved(page, id, (one) => JSON.stringify(configOf(one, 'branch')).includes('new'));
    expect(configOf(document, 'branch').conditions).toEqual([
      { left: '{{contact.tags}}', operator: 'hasAny', right: ['vip', 'new'] },
    ]);
  });
});

describe('other inputs', () => {
  it('shows only what matters, keeps what is hidden', async () => {
    const { page, settings, id } = await open([
      { id: 'send', type: 'chat.send', config: { kind: 'text', text: 'Hello' } } as { id: string },
    ]);
    await settings.getByRole('combobox', { name: 'Send' }).selectOption({ label: 'A place' });
    await settings.getByRole('textbox', { name: 'Latitude' }).fill('38.7');
    expect(await settings.getByRole('textbox', { name: 'Message' }).count()).toBe(0);
    const document = await saved(page, id, (one) => configOf(one, 'send').latitude === 38.7);
    expect(configOf(document, 'send')).toMatchObject({ kind: 'location', text: 'Hello' });
  });

  it('uploads a picture with a preview, and refuses a file of another kind before it is sent', async () => {
    const { page, settings, id } = await open([
      { id: 'send', type: 'chat.send', config: { kind: 'image' } } as { id: string },
    ]);
    const file = settings.getByLabel('File for “Address of the file”');
    await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
    await settings.getByText('“notes.txt” is a file of another kind. Choose one that fits.').waitFor();
    await file.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: PNG });
    await settings.getByRole('img', { name: 'Preview of the file' }).waitFor();
    await saved(page, id, (one) => String(configOf(one, 'send').mediaId).startsWith('med_'));
  });

  it('keeps durations as ISO 8601, said as a number and a unit', async () => {
    const { page, settings, id } = await open([
      { id: 'wait', type: 'time.wait', config: { duration: 'PT30M' } } as { id: string },
    ]);
    await settings.getByRole('textbox', { name: 'For' }).fill('2');
    await settings.getByRole('combobox', { name: 'Unit of “For”' }).selectOption('days');
    await saved(page, id, (one) => configOf(one, 'wait').duration === 'P2D');
  });

  it('sets opening hours day by day', async () => {
    const { page, settings, id } = await open([
      { id: 'hours', type: 'time.hours', config: { hours: { mo: [['09:00', '18:00']] } } } as { id: string },
    ]);
    await settings.getByRole('button', { name: 'Monday’s hours for all working days' }).click();
    await settings.getByRole('button', { name: 'Saturday: add hours' }).click();
    await settings.getByLabel('Saturday: closes').fill('13:00');
    const document = await saved(page, id, (one) => JSON.stringify(configOf(one, 'hours')).includes('"13:00"'));
    expect(configOf(document, 'hours').hours).toMatchObject({ fr: [['09:00', '18:00']], sa: [['09:00', '13:00']] });
    await settings.getByLabel('Saturday: opens').fill('00:00');
    await settings.getByLabel('Saturday: closes').fill('00:00');
    await saved(page, id, (one) => JSON.stringify(configOf(one, 'hours')).includes('["00:00","24:00"]'));
    // What is wrong inside is told at the field, with its place
    await settings.getByLabel('Saturday: opens').fill('13:00');
    await settings.getByLabel('Saturday: closes').fill('13:00');
    await page.keyboard.press('Tab');
    await settings
      .getByText('Open on')
      .locator('xpath=ancestor::fieldset')
      .getByText(/1: .*00:00 to 24:00/)
      .waitFor();
  });

  it('keeps JSON that does not read yet while another step is looked at, and long numbers as they were typed', async () => {
    const transform = { id: 'take', type: 'data.transform', config: { from: '{{order}}', steps: [] } };
    const { page, settings, id } = await open([transform as { id: string }, END]);
    const take = settings.getByRole('textbox', { name: 'Take' });
    for (const [text, value] of [
      ['12345678901234567890', '12345678901234567890'],
      ['0044123', '0044123'],
      ['12', 12],
    ] as const) {
      await take.fill(text);
      await saved(page, id, (one) => configOf(one, 'take').from === value);
    }
    await take.fill('[1, 2');
    await settings.getByText('This does not read as JSON yet').waitFor();
    await select(page, 'bye');
    await settings.getByText('This does not read as JSON yet').waitFor({ state: 'detached' });
    await select(page, 'take');
    await settings.getByText('This does not read as JSON yet').waitFor();
    await settings.locator('.monaco-editor').getByText('[1, 2').first().waitFor();
    // The bot has what stood there before: it cannot go live like this
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByText('This does not read as JSON yet').waitFor();
    expect(await dialog.getByRole('button', { name: 'Publish bot' }).isDisabled()).toBe(true);
  });

  it('keeps the commas of a variable that is added to a list', async () => {
    const { page, settings, id } = await open([
      { id: 'tag', type: 'contact.tag', config: { add: ['vip'], remove: [] } } as { id: string },
    ]);
    await settings.getByRole('textbox', { name: 'Add' }).pressSequentially("{{join x ', '}}");
    await page.keyboard.press('Enter');
    await page.keyboard.type('one,two');
    await page.keyboard.press('Enter');
    await saved(
      page,
      id,
      (one) => JSON.stringify(configOf(one, 'tag').add) === `["vip","{{join x ', '}}","one","two"]`,
    );
  });

  it('takes variables by name and value', async () => {
    const { page, settings, id } = await open([
      { id: 'set', type: 'data.set', config: { assign: {} } } as { id: string },
    ]);
    await settings.getByRole('button', { name: 'Add a variable' }).click();
    await page.keyboard.type('order.total');
    await page.keyboard.press('Enter');
    await settings.getByRole('textbox', { name: 'Value of order.total' }).fill('12');
    const document = await saved(page, id, (one) => JSON.stringify(configOf(one, 'set')).includes('12'));
    expect(configOf(document, 'set').assign).toEqual({ 'order.total': 12 });
  });

  it('edits code in an editor that the Tab key can leave', async () => {
    const { page, settings, id } = await open([
      { id: 'code', type: 'data.code', config: { code: 'return 1;', saveAs: 'one' } } as { id: string },
    ]);
    const editor = settings.locator('.monaco-editor').first();
    await intoCode(editor, 'return 1;');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('return 2;');
    await saved(page, id, (one) => configOf(one, 'code').code === 'return 2;');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect.poll(() => holdsFocus(editor)).toBe(false);
  });

  it('offers templates of WhatsApp with their language and what they need', async () => {
    const { watched, page, settings, id } = await open([]);
    await page.route('**/api/templates?*', (route) => route.fulfill({ json: { items: [TEMPLATE], next: null } }));
    expect(watched.faults).toEqual([]);
    await page.keyboard.press('Escape');
    const other = await saveFlow(
      watched,
      flowOf([{ id: 'visit', type: 'chat.template', config: { name: 'x', language: 'en' } } as { id: string }]),
    );
    await page.goto(`/bots/${other}`);
    await select(page, 'visit');
    await settings.getByRole('combobox', { name: 'Template' }).fill('visit');
    await settings.getByRole('button', { name: 'pt_BR approved' }).waitFor();
    const document = await saved(page, other, (one) => configOf(one, 'visit').language === 'pt_BR');
    expect(configOf(document, 'visit').parameters).toEqual({ 1: '' });
    await settings.getByText('Olá').waitFor();
    expect(id).not.toBe(other);
  });
});

const titlesIn = (group: Locator): Promise<string[]> =>
  group
    .getByRole('textbox', { name: 'Title' })
    .evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));

const TEMPLATE = {
  id: 'tpl_1',
  channelId: 'chn_1',
  name: 'visit',
  language: 'pt_BR',
  category: 'UTILITY',
  status: 'APPROVED',
  reason: null,
  components: [{ type: 'BODY', text: 'Olá {{1}}, até amanhã!' }],
};
