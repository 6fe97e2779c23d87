/** The label that says which inputs an image was built from: its input digest. It is no input itself. */
export const inputsLabel = 'io.moltbook.docker.inputs';
