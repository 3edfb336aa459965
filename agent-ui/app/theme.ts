import { theme as antd, type ThemeConfig } from 'antd';
import { PALETTE, type Scheme } from '../lib/theme/index.ts';

/** Ant Design dressed in the page's palette. `scale` grows everything on wide screens. */
export function themeOf(scheme: Scheme, scale: number): ThemeConfig {
  const colours = PALETTE[scheme];
  return {
    algorithm: scheme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorInfo: colours.talk,
      colorSuccess: colours.good,
      colorWarning: colours['warn-strong'],
      colorError: colours.bad,
      colorLink: colours.talk,
      colorTextBase: colours.text,
      colorTextSecondary: colours['text-soft'],
      colorTextDescription: colours['text-soft'],
      colorTextPlaceholder: colours['text-soft'],
      colorBgLayout: colours.ground,
      colorBgContainer: colours.panel,
      colorBgElevated: colours.panel,
      colorBorder: colours['line-strong'],
      colorBorderSecondary: colours.line,
      colorTextLightSolid: colours['on-accent'],
      fontFamily: 'var(--t-font)',
      fontSize: Math.round(14 * scale),
      controlHeight: Math.round(34 * scale),
      borderRadius: Math.round(8 * scale),
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: colours['on-accent'],
      },
      Tooltip: { colorBgSpotlight: scheme === 'dark' ? '#39435a' : '#1a2130', colorTextLightSolid: '#ffffff' },
    },
  };
}
