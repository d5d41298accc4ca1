import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './code-area.module.css';
import type { CodeAreaProps } from './code-area-props.ts';
import { completeTemplates } from './complete-templates.ts';
import { describeCode } from './describe-code.ts';
import { describeFlow } from './describe-flow.ts';
import { editor, KeyCode, type languages, Uri } from './monaco.ts';

/** A code editor. Escape, then Tab leaves it; Tab alone writes. */
export default function Monaco(props: CodeAreaProps) {
  const { label, language, value, isReadOnly = false, describedBy } = props;
  const { t } = useTranslation('inspector');
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<editor.IStandaloneCodeEditor | null>(null);
  const echoes = useRef<string[]>([]);
  const isOutside = useRef(false);
  const latest = useRef(props);
  latest.current = props;
  const id = useId().replaceAll(':', '');
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ending = language === 'json' ? 'json' : 'js';
    const name = latest.current.schema === 'flow' ? `flow-${id}` : id;
    const model = editor.createModel(latest.current.value, language, Uri.parse(`inmemory://parley/${name}.${ending}`));
    if (language === 'json') describeFlow();
    else describeCode();
    const own = editor.create(element, {
      model,
      ariaLabel: latest.current.label,
      automaticLayout: true,
      minimap: { enabled: false },
      fontSize: 13,
      tabSize: 2,
      scrollBeyondLastLine: false,
      lineNumbersMinChars: 3,
      folding: language === 'json',
      fixedOverflowWidgets: true,
      wordWrap: 'on',
      renderLineHighlight: 'none',
      quickSuggestions: { strings: true, other: true, comments: false },
      scrollbar: { alwaysConsumeMouseWheel: false },
    });
    made.current = own;
    const dropCompletion = completeTemplates(
      language as languages.LanguageSelector,
      model,
      () => latest.current.known ?? [],
    );
    own.onDidChangeModelContent(() => {
      const text = model.getValue();
      if (isOutside.current) return;
      echoes.current.push(text);
      latest.current.onChange(text);
    });
    own.onDidBlurEditorText(() => latest.current.onBlur?.());
    // Whoever is only passing by with the Tab key leaves again with it
    own.onKeyDown((event) => {
      if (event.keyCode !== KeyCode.Escape)
        own.updateOptions({ tabFocusMode: event.keyCode === KeyCode.Tab && leaving.current });
      leaving.current = event.keyCode === KeyCode.Escape;
      if (leaving.current) own.updateOptions({ tabFocusMode: true });
    });
    latest.current.onReady?.((line, column) => {
      own.revealLineInCenter(line);
      own.setPosition({ lineNumber: line, column });
      own.focus();
    });
    return () => {
      dropCompletion();
      own.dispose();
      model.dispose();
      made.current = null;
    };
  }, [id, language]);
  const leaving = useRef(false);

  useEffect(() => {
    // What was typed comes back a little later, when more is typed already: only what others changed is taken over
    const echo = echoes.current.indexOf(value);
    if (echo >= 0) {
      echoes.current.splice(0, echo + 1);
      return;
    }
    const model = made.current?.getModel();
    if (!model || model.getValue() === value) return;
    isOutside.current = true;
    made.current?.executeEdits('outside', [{ range: model.getFullModelRange(), text: value }]);
    isOutside.current = false;
  }, [value]);
  useEffect(() => made.current?.updateOptions({ readOnly: isReadOnly, ariaLabel: label }), [isReadOnly, label]);
  useEffect(() => editor.setTheme(scheme === 'dark' ? 'vs-dark' : 'vs'), [scheme]);

  return (
    <>
      <div
        ref={box}
        // `nokey`: React Flow takes it for no field, as it has neither text area nor `contenteditable`, and swallows Space
        className={`${classes.monaco} nokey`}
        dir="ltr"
        data-fill={props.isTall || undefined}
        aria-describedby={describedBy}
      />
      <p className={classes.hint}>{t('code.leave')}</p>
    </>
  );
}
