export { useContactPages } from './use-contact-pages.ts';
export { VirtualList } from './virtual-list.tsx';
