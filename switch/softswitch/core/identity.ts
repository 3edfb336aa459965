/** Who the switch says it is in every event. */
export interface SwitchIdentity {
  /** New with every start. */
  readonly coreUuid: string;
  readonly hostname: string;
  readonly ipv4: string;
  readonly ipv6: string;
}

/** The release of FreeSWITCH whose answers this switch gives, in the three spellings of `version`, `status` and the heartbeat. */
export const VERSION = {
  long: '1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit',
  human: 'git a88d069 2024-08-02 21:02:27Z 64bit',
  short: '1.10.12-release',
} as const;
