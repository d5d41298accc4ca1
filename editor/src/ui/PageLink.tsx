import type { MouseEvent, ReactNode } from 'react';
import { goTo } from './use-address.ts';

interface PageLinkProps {
  to: string;
  isCurrent: boolean;
  className?: string | undefined;
  /** Where the link shows a sign only. */
  label?: string;
  children: ReactNode;
}

/** A link within the app: followed without a reload, unless it is to be opened elsewhere. */
export function PageLink({ to, isCurrent, className, label, children }: PageLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a
      href={to}
      aria-label={label}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}
