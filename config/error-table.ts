/** One fault that the product can report. `en` and `zh` say what happened and what to do. */
export interface ErrorRow {
  /** HTTP status that the API answers with. */
  readonly status: number;
  readonly retryable: boolean;
  readonly en: string;
  readonly zh: string;
}

/** Every fault code there is. The documentation page is compared with this table by a test. */
export const ERRORS = {
  'config.invalid': {
    status: 500,
    retryable: false,
    en: 'The settings are not valid. Correct the ones that are listed and start again.',
    zh: '配置无效。请更正列出的项目后重新启动。',
  },
  'data-dir.locked': {
    status: 500,
    retryable: false,
    en: 'Another Tandem already uses this data folder. Stop it first, or name another folder with DATA_DIR.',
    zh: '该数据目录已被另一个 Tandem 占用。请先停止它，或用 DATA_DIR 指定其他目录。',
  },
  'request.invalid': {
    status: 400,
    retryable: false,
    en: 'Some fields are not valid. Correct the ones that are named and send it again.',
    zh: '部分字段无效。请更正所列字段后重新提交。',
  },
  'request.too-large': {
    status: 413,
    retryable: false,
    en: 'The request is larger than the limit. Send less at once.',
    zh: '请求超过大小限制。请减少单次提交的内容。',
  },
  'request.too-many': {
    status: 429,
    retryable: true,
    en: 'Too many requests. Wait a moment and try again.',
    zh: '请求过于频繁。请稍候再试。',
  },
  'access.signed-out': {
    status: 401,
    retryable: false,
    en: 'You are not signed in. Sign in and try again.',
    zh: '您尚未登录。请登录后重试。',
  },
  'access.wrong-credentials': {
    status: 401,
    retryable: false,
    en: 'The user name or the password is wrong. Check both and try again.',
    zh: '用户名或密码错误。请核对后重试。',
  },
  'access.forbidden': {
    status: 403,
    retryable: false,
    en: 'You may not do this. Ask an administrator for the permission.',
    zh: '您没有此操作的权限。请联系管理员授权。',
  },
  'thing.not-found': {
    status: 404,
    retryable: false,
    en: 'This does not exist, or no longer. Go back and reload the list.',
    zh: '该内容不存在或已被删除。请返回并刷新列表。',
  },
  'state.conflict': {
    status: 409,
    retryable: false,
    en: 'This is not possible in the present state. Reload the page and look again.',
    zh: '当前状态不允许此操作。请刷新页面后再看。',
  },
  'store.unavailable': {
    status: 503,
    retryable: true,
    en: 'The database cannot be reached. Calls that are up go on; try again in a moment.',
    zh: '暂时无法连接数据库。进行中的通话不受影响，请稍后重试。',
  },
  'store.migration': {
    status: 500,
    retryable: false,
    en: 'The database has another version than this program. Start the version that belongs to it, or restore a backup.',
    zh: '数据库版本与程序不一致。请启动对应版本，或恢复备份。',
  },
  'store.conflict': {
    status: 409,
    retryable: false,
    en: 'Something with this name or number exists already, or something that it belongs to is gone. Reload and try again.',
    zh: '已存在相同名称或编号的内容，或其所属内容已被删除。请刷新后重试。',
  },
  'store.statement': {
    status: 500,
    retryable: false,
    en: 'The database refused a statement. An administrator finds the reason in the log.',
    zh: '数据库拒绝了该操作。管理员可在日志中查看原因。',
  },
  'journal.stale-owner': {
    status: 503,
    retryable: true,
    en: 'Another server has taken over this routing domain. This one stops routing.',
    zh: '该路由域已由另一台服务器接管。本机停止路由。',
  },
  'switch.link-lost': {
    status: 503,
    retryable: true,
    en: 'The telephone switch cannot be reached. Calls that are up go on; try again in a moment.',
    zh: '暂时无法连接话务交换机。进行中的通话不受影响，请稍后重试。',
  },
  'switch.deadline': {
    status: 504,
    retryable: true,
    en: 'The telephone switch did not answer in time. Try again.',
    zh: '话务交换机未及时响应。请重试。',
  },
  'switch.refused': {
    status: 502,
    retryable: false,
    en: 'The telephone switch refused the command. An administrator finds the reason in the log.',
    zh: '话务交换机拒绝了该命令。管理员可在日志中查看原因。',
  },
  'switch.wrong-password': {
    status: 502,
    retryable: false,
    en: 'The telephone switch does not accept the password. Set the same event socket password here and on the switch.',
    zh: '话务交换机拒绝了密码。请将此处的事件套接字密码与交换机保持一致。',
  },
  'switch.protocol': {
    status: 502,
    retryable: true,
    en: 'The telephone switch sent something that cannot be understood. The connection is made anew.',
    zh: '话务交换机返回了无法识别的数据。正在重新建立连接。',
  },
  'speech.unavailable': {
    status: 503,
    retryable: true,
    en: 'No speech synthesiser is available. Install espeak-ng or flite, or upload a recording of this text.',
    zh: '没有可用的语音合成。请安装 espeak-ng 或 flite，或上传该文本的录音。',
  },
  'audio.invalid': {
    status: 422,
    retryable: false,
    en: 'This sound file cannot be read. Use WAV, 8 or 16 kHz, 16 bit or G.711.',
    zh: '无法读取该音频文件。请使用 8 或 16 kHz、16 位或 G.711 的 WAV。',
  },
  'recording.missing': {
    status: 404,
    retryable: false,
    en: 'The sound of this recording is not where it should be. An administrator can look for it in the backup.',
    zh: '该录音文件不在应有的位置。管理员可尝试从备份中查找。',
  },
  'flow.invalid': {
    status: 422,
    retryable: false,
    en: 'This call flow is not valid. Correct what is named and try again.',
    zh: '该呼叫流程无效。请更正所列问题后重试。',
  },
  'pages.not-built': {
    status: 500,
    retryable: false,
    en: 'The pages could not be built. Run `npm install` again and read what the builder says.',
    zh: '页面构建失败。请重新执行 `npm install`，并查看构建输出。',
  },
  'switch.not-started': {
    status: 500,
    retryable: false,
    en: 'The embedded switch did not start. Look at its log, or free the ports it needs.',
    zh: '内置话务交换机未能启动。请查看其日志，或释放所需端口。',
  },
  internal: {
    status: 500,
    retryable: false,
    en: 'Something went wrong on our side. Try again; if it stays so, give the administrator the number shown.',
    zh: '系统内部出错。请重试；若仍然如此，请将所示编号提供给管理员。',
  },
} as const satisfies Record<string, ErrorRow>;

/** The code of a fault; a key of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS;
