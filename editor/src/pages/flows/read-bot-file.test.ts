import { expect, it } from 'vitest';
import { MAX_FILE, readBotFile, readBotText } from './read-bot-file.ts';

const file = (...parts: BlobPart[]) => new Blob(parts);
const bytes = (...numbers: number[]) => file(new Uint8Array(numbers));
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...[...text].flatMap((one) => [one.charCodeAt(0), 0])]);

it.each<[string, Blob, object]>([
  ['a bot', file('{"a":"ç"}'), { ok: true, document: { a: 'ç' } }],
  ['a bot with a mark of its order of bytes', file('\ufeff{"a":1}'), { ok: true }],
  ['a bot in UTF-16', file(utf16('{"a":1}')), { ok: true, document: { a: 1 } }],
  ['nothing', file(), { ok: false, fault: 'empty' }],
  ['blanks', file(' \n\t '), { ok: false, fault: 'empty' }],
  ['a ZIP', bytes(0x50, 0x4b, 3, 4, 9), { ok: false, fault: 'zip' }],
  ['a PDF', file('%PDF-1.7 ...'), { ok: false, fault: 'pdf' }],
  ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 1), { ok: false, fault: 'image' }],
  [
    'Latin-1',
    file(new Uint8Array([...'{"a":"'].map((one) => one.charCodeAt(0)).concat(0xe7, 0x22, 0x7d))),
    { ok: false, fault: 'encoding' },
  ],
  ['a list', file('[1]'), { ok: false, fault: 'not_json' }],
  ['words', file('hello'), { ok: false, fault: 'not_json' }],
  ['a comma too many', file('{\n  "a": 1,\n}'), { ok: false, fault: 'not_json', place: { line: 3, column: 1 } }],
])('reads %s', async (_, given, expected) => expect(await readBotFile(given)).toMatchObject(expected));

it('refuses a large file without reading it', async () => {
  const large = { size: MAX_FILE + 1, arrayBuffer: () => Promise.reject(new Error('was read')) } as Blob;
  expect(await readBotFile(large)).toMatchObject({ ok: false, fault: 'too_large' });
  expect(readBotText('x'.repeat(MAX_FILE + 1))).toMatchObject({ ok: false, fault: 'too_large' });
});
