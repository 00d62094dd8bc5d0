export * from './create-dialog.ts'
export * from './dialog.ts'
