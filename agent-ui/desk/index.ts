export { DeskPage as default } from './desk-page.tsx';
