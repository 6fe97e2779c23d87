/** How published images are signed: the `sign` key of the option `publish`. */
export type SignOptions = SignWith & {
  /** More options of `cosign sign`, such as `--tlog-upload=false`. */
  readonly args?: readonly string[];
};

type SignWith =
  /** What `cosign sign --key` takes: a workspace-relative file, `env://NAME` or the URI of a key service. */
  | { readonly key: string; readonly keyless?: undefined }
  /** With the identity that the CI gives the job. */
  | { readonly keyless: true; readonly key?: undefined };

/** Which signature an image needs before a manifest may name it: the `verify` key of the option `kubernetes`. */
export type VerifyOptions = VerifyBy & {
  /** More options of `cosign verify`, such as `--insecure-ignore-tlog`. */
  readonly args?: readonly string[];
};

export type VerifyBy = VerifyByKey | VerifyByIdentity;

/** What `cosign verify --key` takes: a workspace-relative file, `env://NAME` or the URI of a key service. */
export interface VerifyByKey {
  readonly key: string;
}

/** Who must have signed without a key, and who says so: one of `identity` and `identityRegexp`. */
export interface VerifyByIdentity {
  readonly identity?: string;
  /** Of Go's syntax. */
  readonly identityRegexp?: string;
  /** `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
}
