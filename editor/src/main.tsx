import './forbid-eval.ts';
import './ui/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startWorker } from './app/start-worker.ts';
import { startWords } from './ui/i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
await startWords(['app', 'ui']);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
startWorker();
