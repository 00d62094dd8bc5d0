import { serveDatabase } from '../side-files/serve-database.ts'
import { openAccountsDatabase } from './accounts-database.ts'

serveDatabase(openAccountsDatabase)
