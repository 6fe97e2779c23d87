/** The label that says which inputs an image was built from: its input digest. It is no input itself. */
export const inputsLabel = 'io.moltbook.docker.inputs';

/** The label with the external base images and the digests that they had: a JSON object, by normalised reference. */
export const basesLabel = 'io.moltbook.docker.bases';
