export { Wallboard } from './wallboard.tsx';
