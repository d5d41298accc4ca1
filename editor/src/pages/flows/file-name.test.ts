import { expect, it } from 'vitest';
import { fileNameOf } from './file-name.ts';

it.each([
  ['Opening hours', 'Opening hours.parley.json'],
  ['ساعات العمل', 'ساعات العمل.parley.json'],
  ['Ação 🥐', 'Ação 🥐.parley.json'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.parley.json'],
  ['../../etc/passwd', 'etc passwd.parley.json'],
  ['...', 'bot.parley.json'],
  [' \u0000\n ', 'bot.parley.json'],
  ['CON', 'CON_.parley.json'],
  ['nosj.\u202eexe', 'nosj.exe.parley.json'],
])('%j becomes %j', (name, file) => expect(fileNameOf(name, 'bot')).toBe(file));

it('stays short in every script', () => {
  for (const letter of ['x', 'é', 'م', '🥐']) {
    const name = fileNameOf(letter.repeat(300), 'bot');
    expect(new TextEncoder().encode(name).length).toBeLessThan(255);
    expect(name).not.toContain('\ufffd');
  }
});
