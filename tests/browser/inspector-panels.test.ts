import { describe, expect, it } from 'vitest';
import { graveFaults, LOOKS, wear } from './support/axe.ts';
import { END, flowOf, inspectorPages, intoCode, MENU, saved, select } from './support/inspector.ts';

const open = await inspectorPages();

describe('what else can be selected', () => {
  it('sets the bot as a whole while nothing is selected', async () => {
    const { page, settings, id } = await open([], { nodes: [END], layout: { nodes: { bye: [0, 0] } } });
    await settings.getByRole('textbox', { name: 'Name of the bot' }).fill('Bakery');
    await settings.getByRole('textbox', { name: 'Priority' }).fill('-5');
    await settings.getByRole('button', { name: 'Add a variable' }).click();
    await settings.getByRole('combobox', { name: 'Type of variable1' }).selectOption({ label: 'Number' });
    await settings.getByRole('textbox', { name: 'variable1 begins as' }).fill('7');
    await settings.getByRole('button', { name: 'Add words' }).click();
    await settings.getByRole('textbox', { name: 'Words' }).fill('menu,');
    await settings.getByRole('combobox', { name: 'Where they lead' }).selectOption('bye');
    const document = await saved(page, id, ({ settings: all }) => JSON.stringify(all).includes('menu'));
    expect(document).toMatchObject({
      name: 'Bakery',
      variables: [{ name: 'variable1', type: 'number', initial: 7 }],
      settings: { priority: -5, interrupts: [{ keywords: ['menu'], target: 'bye' }] },
    });
  });

  it('keeps the settings of a node whose package is gone, and of fields that nobody knows', async () => {
    const strange = { id: 'odd', type: 'gone.thing', config: { html: '<script>0</script>' } } as {
      id: string;
    };
    const { page, settings } = await open([strange, { ...MENU, config: { ...MENU.config, odd: 1 } } as typeof MENU]);
    await settings.getByText('The package of “gone.thing” is not installed here', { exact: false }).waitFor();
    await settings.getByText('<script>0</script>', { exact: false }).first().waitFor();
    await select(page, 'menu');
    await settings.getByRole('region', { name: 'Settings that this step does not know' }).getByText('odd: 1').waitFor();
  });
});

describe('the whole document as JSON', () => {
  it('is applied as one act; broken JSON stays where it is', async () => {
    const { page, id } = await open([], { nodes: [END], layout: { nodes: { bye: [0, 0] } } });
    await page.getByRole('button', { name: 'JSON' }).click();
    const pane = page.getByRole('complementary', { name: 'JSON' });
    const editor = pane.locator('.monaco-editor').first();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await intoCode(editor, 'parley.flow/1');
    // Pasted, not typed: the editor closes brackets for who types
    const write = async (text: string) => {
      await page.evaluate((words) => navigator.clipboard.writeText(words), text);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+v');
    };
    await write('{ "format": ');
    await pane.getByRole('button', { name: 'Line 1' }).waitFor();
    // Another panel in its place takes nothing away
    await page.getByRole('button', { name: 'Problems' }).first().click();
    await pane.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'JSON' }).click();
    await pane.getByRole('button', { name: 'Line 1' }).waitFor();
    await intoCode(editor, '"format"');
    expect(await pane.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await write(JSON.stringify(flowOf([MENU, END], { name: 'From text' })));
    await pane.getByRole('button', { name: 'Apply' }).click();
    const document = await saved(page, id, ({ name }) => name === 'From text');
    expect(document.nodes.map((one) => one.id)).toEqual(['menu', 'bye']);
    await pane.getByRole('button', { name: 'Apply' }).focus();
    await page.keyboard.press('Control+z');
    await saved(page, id, ({ name, nodes }) => name === 'Shop' && nodes.length === 1);
  });
});

describe('looks', () => {
  it('has nothing serious for axe, in both schemes and directions, and on a phone', { timeout: 180_000 }, async () => {
    const { page } = await open([
      {
        ...MENU,
        config: { ...MENU.config, header: 'Hi', reminders: [{ after: 'PT1H', text: 'Still there?' }] },
      } as typeof MENU,
    ]);
    const settings = page.locator('aside');
    for (const look of LOOKS) {
      await wear(page, look);
      await select(page, 'menu');
      await page.locator('aside [role="toolbar"]').first().waitFor();
      expect(await graveFaults(page, 'aside'), JSON.stringify(look)).toEqual([]);
      await page.setViewportSize(PHONE);
      expect(await graveFaults(page, 'aside'), `${JSON.stringify(look)} on a phone`).toEqual([]);
      expect(await settings.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBeLessThanOrEqual(0);
      await page.setViewportSize(WIDE);
    }
  });
});

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
