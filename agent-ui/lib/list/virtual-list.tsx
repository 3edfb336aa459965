import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import './virtual-list.css';

interface Props<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly row: (item: T) => ReactNode;
  /** Height of a row before it is measured, px. */
  readonly estimatePx: number;
  readonly label: string;
  /** Called when the end is near, to load more. */
  readonly onEnd?: () => void;
  readonly onOpen?: (item: T) => void;
  readonly isCurrent?: (item: T) => boolean;
  readonly testId?: string;
}

/** A list that draws only what is seen. Arrow keys, Home and End move through it; Enter opens. */
export function VirtualList<T>({ items, keyOf, row, estimatePx, label, onEnd, onOpen, isCurrent, testId }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimatePx,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 4) onEnd?.();
  }, [last, items.length, onEnd]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const focused = document.activeElement;
    const from = focused instanceof HTMLElement ? Number(focused.dataset.index ?? -1) : -1;
    if (from < 0) return;
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: items.length - 1 }[event.key];
    const item = items[from];
    if (to !== undefined && to >= 0 && to < items.length) {
      event.preventDefault();
      rows.scrollToIndex(to);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus());
    } else if (event.key === 'Enter' && item !== undefined && onOpen) {
      event.preventDefault();
      onOpen(item);
    }
  };

  return (
    <div ref={box} className="virtual-list">
      <ul style={{ height: rows.getTotalSize(), position: 'relative' }} aria-label={label} onKeyDown={onKeyDown}>
        {shown.map((place) => {
          const item = items[place.index];
          if (item === undefined) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself listens for Enter
            <li
              key={place.key}
              ref={rows.measureElement}
              data-index={place.index}
              data-testid={testId}
              aria-setsize={items.length}
              aria-posinset={place.index + 1}
              aria-current={isCurrent?.(item) ? 'true' : undefined}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are reached and opened by keyboard
              tabIndex={0}
              className={onOpen ? 'virtual-row opens' : 'virtual-row'}
              style={{ transform: `translateY(${place.start}px)` }}
              onClick={onOpen ? () => onOpen(item) : undefined}
            >
              {row(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
