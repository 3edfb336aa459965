export { FloorDrawer, type Opened } from './floor-drawer.tsx';
