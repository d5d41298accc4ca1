import { editor, json, KeyCode, KeyMod, languages, typescript, Uri } from 'monaco-editor';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/language/json/json.worker.js?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker.js?worker';

// The server's policy takes workers from itself alone
self.MonacoEnvironment = {
  getWorker: (_, label) => {
    if (label === 'json') return new JsonWorker();
    return label === 'javascript' || label === 'typescript' ? new TypeScriptWorker() : new EditorWorker();
  },
};

export { editor, json, KeyCode, KeyMod, languages, typescript, Uri };
