// Starts the program in the way a page does, with the arguments of the command line.
import { dotnet } from './wwwroot/_framework/dotnet.js'

const { runMain, getConfig } = await dotnet.withApplicationArguments(...process.argv.slice(2)).create()
process.exit(await runMain(getConfig().mainAssemblyName, process.argv.slice(2)))
