import { Icon } from './icons.tsx'

/** What is wrong with a form as a whole. The place is always there, so that a sentence that comes is read out. */
export function FormProblem({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text === null ? null : (
        <p className="form-problem">
          <Icon name="warn" />
          <span>{text}</span>
        </p>
      )}
    </div>
  )
}
