import { useOpenFlow, useWorkbench } from '../document/use-document.ts';

/** The number of the last request that was answered: a panel that is opened again must not open the test anew. */
const answered = new WeakMap<object, number>();

/** The test that another part of the page asks to see, until `answer` is called. */
export function useAskedTest() {
  const { workbench } = useOpenFlow();
  const asked = useWorkbench((state) => state.openTest);
  const isNew = asked !== null && (answered.get(workbench) ?? 0) < asked.number;
  return {
    asked: isNew ? asked : null,
    answer: () => {
      if (asked) answered.set(workbench, asked.number);
    },
  };
}
