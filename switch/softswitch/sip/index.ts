/** The SIP room of the embedded switch. */
export * from './stack.ts';
