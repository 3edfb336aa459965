export { ConnectionNotice } from './connection-notice.tsx';
export { LanguageSwitch } from './language-switch.tsx';
export { NetworkLight } from './network-light.tsx';
export { PageNav } from './page-nav.tsx';
export { UserMenu } from './user-menu.tsx';
