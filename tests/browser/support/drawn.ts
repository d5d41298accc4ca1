import type { Page } from 'playwright-core';

/** What React keeps of a drawn component, as far as its own developer tools read it. */
interface Fiber {
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
  memoizedProps: { field?: unknown; children?: unknown } | null;
  flags: number;
  stateNode: unknown;
  type: unknown;
}

declare global {
  interface Window {
    drawnFields: string[];
    __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown;
  }
}

/** From now on the page notes the fields of forms that are drawn, by their labels; to be called before it is opened. */
export async function noteDrawnFields(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const PERFORMED_WORK = 1; // the flag by which React's own tools know that a component was drawn
    window.drawnFields = [];
    const labelIn = (fiber: Fiber | null): string | null => {
      if (!fiber) return null;
      if (fiber.stateNode instanceof HTMLElement)
        return fiber.stateNode.querySelector('label, legend')?.textContent ?? null;
      return labelIn(fiber.child);
    };
    const visit = (fiber: Fiber, before: Fiber | null): void => {
      // A frame around a field is the only component that is given a field and children
      const props = fiber.memoizedProps;
      const isFrame = typeof fiber.type === 'function' && props?.field && typeof props.children === 'function';
      if (isFrame && (fiber.flags & PERFORMED_WORK) !== 0) window.drawnFields.push(labelIn(fiber) ?? '');
      if (fiber.child === before?.child) return; // nothing below was drawn
      for (let child = fiber.child; child; child = child.sibling) visit(child, child.alternate);
    };
    window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => visit(current, current.alternate),
    };
  });
}
