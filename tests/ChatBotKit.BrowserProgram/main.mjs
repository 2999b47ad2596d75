// Starts the program in the way a page does, with the arguments of the command line.
import { dotnet } from './wwwroot/_framework/dotnet.js'

// The runtime finds out what fetch can do with a request to the address of its page, and Node has no page.
Object.defineProperty(globalThis, Symbol.for('undici.globalOrigin.1'), { value: new URL('http://127.0.0.1/') })

const { runMain, getConfig } = await dotnet.withApplicationArguments(...process.argv.slice(2)).create()
process.exit(await runMain(getConfig().mainAssemblyName, process.argv.slice(2)))
