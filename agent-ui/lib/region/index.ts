export { Region } from './region.tsx';
