import { callOf, suggest, writingAt } from '../text/complete.ts';
import type { KnownVariable } from '../variables-of.ts';
import { type editor, languages } from './monaco.ts';

/** Completes variables and helpers inside of `{{ }}` in one model; the answer takes it away again. */
export function completeTemplates(
  language: languages.LanguageSelector,
  own: editor.ITextModel,
  known: () => readonly KnownVariable[],
): () => void {
  const provider = languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['{', '.'],
    provideCompletionItems: (model, position) => {
      if (model !== own) return { suggestions: [] };
      const line = model.getLineContent(position.lineNumber);
      const writing = writingAt(line, position.column - 1);
      if (!writing) return { suggestions: [] };
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: writing.from + 1,
        endColumn: position.column,
      };
      return {
        suggestions: suggest(writing.word, known()).map((one, index) =>
          one.kind === 'variable'
            ? {
                label: one.variable.name,
                detail: [one.variable.type, one.variable.example].filter(Boolean).join(' · '),
                kind: languages.CompletionItemKind.Variable,
                insertText: one.variable.name,
                sortText: String(index).padStart(3, '0'),
                range,
              }
            : {
                label: one.helper.name,
                detail: callOf(one.helper),
                documentation: `${one.helper.summary}\n\n${one.helper.example.template}`,
                kind: languages.CompletionItemKind.Function,
                insertText: `${one.helper.name} `,
                sortText: String(index).padStart(3, '0'),
                range,
              },
        ),
      };
    },
  });
  return () => provider.dispose();
}
