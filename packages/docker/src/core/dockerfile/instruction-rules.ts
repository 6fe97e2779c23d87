/** What a flag takes: any text once, `true` or `false` once, or any text as often as one likes. */
export type FlagKind = 'text' | 'switch' | 'list';

export interface InstructionRule {
  /** `undefined` if flags are not looked at, so that any is accepted. */
  readonly flags: Readonly<Record<string, FlagKind>> | undefined;
  readonly args: 'any' | 'one' | 'some' | 'sources and destination';
}

const copyFlags = { chown: 'text', chmod: 'text', link: 'switch', exclude: 'list' } as const;

/** Every instruction of https://docs.docker.com/reference/dockerfile/ with the flags BuildKit accepts. */
export const instructionRules: Readonly<Record<string, InstructionRule>> = {
  ADD: {
    flags: { ...copyFlags, checksum: 'text', 'keep-git-dir': 'switch', unpack: 'switch' },
    args: 'sources and destination',
  },
  ARG: { flags: undefined, args: 'some' },
  CMD: { flags: {}, args: 'any' },
  COPY: { flags: { ...copyFlags, from: 'text', parents: 'switch' }, args: 'sources and destination' },
  ENTRYPOINT: { flags: {}, args: 'any' },
  ENV: { flags: {}, args: 'some' },
  EXPOSE: { flags: {}, args: 'some' },
  FROM: { flags: { platform: 'text' }, args: 'any' },
  HEALTHCHECK: {
    flags: {
      interval: 'text',
      timeout: 'text',
      'start-period': 'text',
      'start-interval': 'text',
      retries: 'text',
    },
    args: 'some',
  },
  LABEL: { flags: {}, args: 'some' },
  MAINTAINER: { flags: {}, args: 'one' },
  ONBUILD: { flags: {}, args: 'any' },
  RUN: { flags: { mount: 'list', network: 'text', security: 'text', device: 'list' }, args: 'any' },
  SHELL: { flags: {}, args: 'some' },
  STOPSIGNAL: { flags: undefined, args: 'one' },
  USER: { flags: {}, args: 'one' },
  VOLUME: { flags: {}, args: 'some' },
  WORKDIR: { flags: {}, args: 'one' },
};
