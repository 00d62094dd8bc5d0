import { decodeG711, encodeG711, type G711 } from '../rtp/g711.ts'

/** One channel of linear samples, signed 16 bits. */
export type Wav = { readonly sampleRate: number; readonly samples: Int16Array }

/** WAVE format tags (RFC 2361). */
const FORMAT = { pcm: 1, PCMA: 6, PCMU: 7 } as const

/**
 * Reads a mono WAV file of 16-bit PCM, A-law or µ-law. Throws a `RangeError` that says what else it is. A data chunk
 * whose length is 0 (a recording that still goes on) or too long (a pipe's) is read to the end of the file.
 */
export const readWav = (file: Buffer): Wav => {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new RangeError('not a WAV file')
  }
  let format: { tag: number; channels: number; sampleRate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4)
    const told = file.readUInt32LE(at + 4)
    const length = Math.min(
      id === 'data' && told === 0 ? Number.POSITIVE_INFINITY : told,
      file.length - at - 8,
    )
    const body = file.subarray(at + 8, at + 8 + length)
    if (id === 'fmt ' && body.length >= 16) {
      format = {
        tag: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        sampleRate: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      }
    }
    if (id === 'data') {
      if (format === null) throw new RangeError('a WAV file whose data comes before its format')
      return { sampleRate: format.sampleRate, samples: decode(body, format) }
    }
    // Chunks are padded to an even length.
    at += 8 + length + (length % 2)
  }
  throw new RangeError('a WAV file without data')
}

const decode = (data: Buffer, format: { tag: number; channels: number; bits: number }): Int16Array => {
  if (format.channels !== 1) throw new RangeError(`a WAV file of ${format.channels} channels; one is needed`)
  if (format.tag === FORMAT.PCMU) return decodeG711('PCMU', data)
  if (format.tag === FORMAT.PCMA) return decodeG711('PCMA', data)
  if (format.tag !== FORMAT.pcm || format.bits !== 16) {
    throw new RangeError(
      `a WAV file of format ${format.tag} with ${format.bits} bits; 16-bit PCM or G.711 is needed`,
    )
  }
  return Int16Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(2 * i))
}

/** The bytes of a mono WAV file: 16-bit PCM, or G.711 when `law` is given. */
export const writeWav = (wav: Wav, law?: G711): Buffer => {
  const bytesPerSample = law === undefined ? 2 : 1
  const data = law === undefined ? Buffer.alloc(wav.samples.length * 2) : encodeG711(law, wav.samples)
  if (law === undefined) {
    for (const [i, sample] of wav.samples.entries()) data.writeInt16LE(sample, 2 * i)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(law === undefined ? FORMAT.pcm : FORMAT[law], 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(wav.sampleRate, 24)
  header.writeUInt32LE(wav.sampleRate * bytesPerSample, 28)
  header.writeUInt16LE(bytesPerSample, 32)
  header.writeUInt16LE(8 * bytesPerSample, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data])
}
