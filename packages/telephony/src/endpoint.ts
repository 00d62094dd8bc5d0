/** A numeric IP address and a port. */
export type Endpoint = { readonly address: string; readonly port: number }
