'use client'

import { useEffect, useState } from 'react'
import { addSample, type LineQuality, type LineSample, qualityOf } from './line-quality.ts'

/** Measured so often, ms. */
const EVERY_MS = 1000

/** How the line is while `isTalking`; null until measured. `measure` stays the same function. */
export function useLineQuality(
  isTalking: boolean,
  measure: () => Promise<LineSample | null>,
): LineQuality | null {
  const [quality, setQuality] = useState<LineQuality | null>(null)
  useEffect(() => {
    if (!isTalking) return
    let samples: readonly LineSample[] = []
    let isAsking = false
    const timer = setInterval(() => {
      if (isAsking) return
      isAsking = true
      void measure().then((sample) => {
        isAsking = false
        if (sample === null) return
        samples = addSample(samples, sample)
        setQuality(qualityOf(samples))
      })
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      samples = []
      setQuality(null)
    }
  }, [isTalking, measure])
  return quality
}
