import { DEMO_PASSWORD } from './desk.ts'

export type Session = {
  /** Answers with `data`; throws on any GraphQL error. */
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>
  /** A subscription over server-sent events; ends when `signal` aborts. */
  follow<Data>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncGenerator<Data>
  readonly cookie: string
}

/** Signs in as a program would: over HTTP, without a browser. */
export const signIn = async (url: string, email: string, password = DEMO_PASSWORD): Promise<Session> => {
  const headers = { origin: url, 'content-type': 'application/json' }
  const signedIn = await fetch(`${url}/auth/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  })
  if (signedIn.status !== 204) throw new Error(`sign-in answered ${signedIn.status}`)
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''

  const post = (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    accept: string,
    signal?: AbortSignal,
  ) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...headers, accept, cookie },
      body: JSON.stringify({ query, variables }),
      ...(signal === undefined ? {} : { signal }),
    })

  return {
    cookie,
    ask: async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) => {
      const answer = await post(query, variables, 'application/json')
      const body = (await answer.json()) as { data?: Data; errors?: readonly { message: string }[] }
      if (body.errors !== undefined || body.data === undefined) {
        throw new Error(`GraphQL: ${body.errors?.map((error) => error.message).join('; ') ?? answer.status}`)
      }
      return body.data
    },
    follow: async function* <Data>(
      query: string,
      variables: Readonly<Record<string, unknown>>,
      signal: AbortSignal,
    ) {
      const answer = await post(query, variables, 'text/event-stream', signal)
      if (answer.body === null) throw new Error(`no stream: ${answer.status}`)
      let text = ''
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        text += chunk
        const frames = text.split('\n\n')
        text = frames.pop() ?? ''
        for (const frame of frames) {
          const data = frame.split('\n').find((line) => line.startsWith('data: '))
          if (frame.includes('event: next') && data !== undefined)
            yield JSON.parse(data.slice(6)).data as Data
        }
      }
    },
  }
}
