export { SupervisorPage as default } from './supervisor-page.tsx';
