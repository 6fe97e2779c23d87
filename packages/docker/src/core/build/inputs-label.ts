/** The label that says which inputs an image was built from: its input digest. It is no input itself. */
export const inputsLabel = 'io.moltbook.docker.inputs';

/** The label with the external base images and the digests that they had: a JSON object, by normalised reference. */
export const basesLabel = 'io.moltbook.docker.bases';

/**
 * The label with the images of the workspace that an image in an engine was built from, as the engine knew them: a JSON
 * object, by the reference in the Dockerfile. Their input digests do not tell one that was built anew with `--force`.
 */
export const localBasesLabel = 'io.moltbook.docker.local-bases';
