import './forbid-eval.ts';
import { runConversation } from './simulator/run-conversation.ts';

declare global {
  interface Window {
    runConversation: typeof runConversation;
  }
}

window.runConversation = runConversation;
