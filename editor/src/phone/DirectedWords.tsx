import { Words } from '../chat/Choices.tsx';

/** Arabic or Hebrew among others runs from the right, whatever the page's own direction. */
export const DirectedWords = ({ text }: { text: string }) => (
  <div dir="auto">
    <Words text={text} />
  </div>
);
