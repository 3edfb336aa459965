export { DeskHeader } from './desk-header.tsx';
