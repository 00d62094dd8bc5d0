// A worker that keeps the time for a page that nobody looks at; see phone/every.ts.
addEventListener('message', ({ data }) => setInterval(() => postMessage(0), data))
