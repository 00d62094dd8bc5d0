'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useQuery } from 'urql'
import type { WriteDate } from '../../format/use-dates.ts'
import { type ReplayedDayFragment, ReplayLanesDocument } from '../../gql/generated/graphql.ts'
import { Choice } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icons.tsx'
import { LinkButton } from './link-button.tsx'
import { marksOf, type Span, spanAround, stepOf, type Zoom } from './time-window.ts'
import { type Player, SPEEDS } from './use-player.ts'

const PARTS = 300
const MARKS = 8
/** A hand that moves on is not asked after, ms. */
const SETTLED_MS = 150

type Props = { readonly replay: ReplayedDayFragment; readonly player: Player; readonly writeDate: WriteDate }

/** The day as a line: what happened when, where the replay stands, and the way to another time. */
export function Scrubber({ replay, player, writeDate }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const [zoom, setZoom] = useState<Zoom>('day')
  const day = { from: Date.parse(replay.from), until: Date.parse(replay.until) }
  const span = spanAround(day, player.clock, zoom)
  return (
    <section className="scrub" aria-label={t('replay.time')}>
      <div className="row row-wrap scrub-ctl">
        <Button
          className="btn btn-icon"
          aria-label={t('keys.eventPrevious')}
          aria-keyshortcuts="ArrowLeft"
          onPress={() => player.go(player.number - 1)}
        >
          <Icon name="stepBack" />
        </Button>
        <Button
          className="btn btn-main btn-icon"
          aria-label={t(player.isPlaying ? 'replay.pause' : 'replay.play')}
          aria-keyshortcuts="Space"
          onPress={player.toggle}
        >
          <Icon name={player.isPlaying ? 'pause' : 'play'} />
        </Button>
        <Button
          className="btn btn-icon"
          aria-label={t('keys.eventNext')}
          aria-keyshortcuts="ArrowRight"
          onPress={() => player.go(player.number + 1)}
        >
          <Icon name="stepOn" />
        </Button>
        <time className="at" dateTime={new Date(player.clock).toISOString()}>
          {writeDate('timeWithSeconds', player.clock)}
        </time>
        <Choice
          label={t('replay.speed')}
          value={player.speed}
          onChange={player.setSpeed}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
        <span className="meta num">
          {t('replay.place', {
            number: format.number(player.number),
            all: format.number(replay.eventCount),
          })}
        </span>
        <span className="push row row-wrap">
          <Button
            className="btn btn-quiet"
            aria-keyshortcuts="Shift+ArrowLeft"
            onPress={() => player.goToDecision('PREVIOUS')}
          >
            <Icon name="branch" />
            {t('replay.previousDecision')}
          </Button>
          <Button
            className="btn btn-quiet"
            aria-keyshortcuts="Shift+ArrowRight"
            onPress={() => player.goToDecision('NEXT')}
          >
            <Icon name="branch" />
            {t('replay.nextDecision')}
          </Button>
          <LinkButton />
          <Choice
            label={t('replay.zoom')}
            value={zoom}
            onChange={setZoom}
            options={[
              { value: 'day', label: t('replay.zoomDay') },
              { value: 'hour', label: t('replay.zoomHour') },
              { value: 'minute', label: t('replay.zoomMinute') },
            ]}
          />
        </span>
      </div>
      <Track replay={replay} player={player} span={span} zoom={zoom} writeDate={writeDate} />
    </section>
  )
}

const LANE_CLASS = { CALL: 'lane-call', EMAIL: 'lane-email', OTHER: 'lane-other' } as const

function Track({ replay, player, span, zoom, writeDate }: Props & { span: Span; zoom: Zoom }) {
  const t = useTranslations()
  const [{ data }] = useQuery({
    query: ReplayLanesDocument,
    variables: {
      id: replay.id,
      from: new Date(span.from).toISOString(),
      until: new Date(span.until).toISOString(),
      parts: PARTS,
    },
  })
  const lanes = data?.replay?.lanes ?? []
  const share = (ms: number) =>
    Math.max(0, Math.min(100, ((ms - span.from) / (span.until - span.from)) * 100))
  const seals = replay.seals
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= span.from && at < span.until)
  const shape = zoom === 'minute' ? 'timeWithSeconds' : 'time'
  return (
    <div className="track">
      <div className="lane-names only-desk" aria-hidden="true">
        <span>{t('replay.laneCalls')}</span>
        <span>{t('replay.laneMail')}</span>
        <span>{t('replay.laneOther')}</span>
      </div>
      <div className="lane">
        <svg viewBox={`0 0 ${PARTS} 36`} preserveAspectRatio="none" aria-hidden="true">
          {lanes.map(({ lane, counts }, row) => (
            <path
              key={lane}
              className={LANE_CLASS[lane]}
              d={counts.map((count, part) => (count > 0 ? `M${part + 0.5} ${row * 12 + 2}v8` : '')).join('')}
            />
          ))}
        </svg>
        {seals.slice(0, 200).map((at) => (
          <span key={at} className="seal" style={{ left: `${share(at)}%` }} />
        ))}
        <span className="head-line" style={{ left: `${share(player.clock)}%` }} />
        <Handle player={player} span={span} zoom={zoom} writeDate={writeDate} />
      </div>
      <div className="hours" aria-hidden="true">
        {marksOf(span, MARKS).map((mark) => (
          <span key={mark}>{writeDate(shape, mark)}</span>
        ))}
      </div>
    </div>
  )
}

/** The browser's own range: keys, touch and a spoken time, without a look of its own. */
function Handle(props: { player: Player; span: Span; zoom: Zoom; writeDate: WriteDate }) {
  const { player, span, zoom, writeDate } = props
  const t = useTranslations()
  const [held, setHeld] = useState<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const value = held ?? player.clock
  const move = (to: number) => {
    setHeld(to)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      player.goToTime(to)
      setHeld(null)
    }, SETTLED_MS)
  }
  return (
    <input
      type="range"
      aria-label={t('replay.moment')}
      aria-valuetext={writeDate('timeWithSeconds', value)}
      min={span.from}
      max={span.until - 1}
      step={stepOf(zoom)}
      value={value}
      onChange={(event) => move(Number(event.target.value))}
    />
  )
}
