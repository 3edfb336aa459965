export { useSayRefusal } from './use-say-refusal.ts';
