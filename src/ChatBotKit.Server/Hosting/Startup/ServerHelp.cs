using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Hosting;

/// <summary>The texts with which the program describes itself.</summary>
internal static class ServerHelp
{
    public static void Write(TextWriter output)
    {
        output.WriteLine($"""
            ChatBotKit for .NET {ServerVersion.Text}: a server that speaks the ChatBotKit API.

            Usage: ChatBotKit.Server [settings]
                   ChatBotKit.Server {ServerArguments.NewApiToken} NAME [settings]
                   ChatBotKit.Server {ServerArguments.CompactDatabase} [settings]
                   ChatBotKit.Server {ServerArguments.CheckDatabase} [settings]
                   ChatBotKit.Server {ServerArguments.MigrateTo} CONNECTION [{ServerArguments.DryRun}|{ServerArguments.Undo}] [settings]
                   ChatBotKit.Server {ServerArguments.Health} [settings]

              --help                      print this and end
              --version                   print the version and end
              {ServerArguments.NewApiToken} NAME        make an API token of the owner, print it and end; the server may run
              {ServerArguments.CompactDatabase}          give the room of deleted rows back to the disk and end; the server must not run
              {ServerArguments.CheckDatabase}            check the database, mend the index of references, and end; with 0 when nothing was
                                          wrong. The server must not run
              {ServerArguments.MigrateTo} CONNECTION     move the SQLite database, the keys, the attachments and the contents of files to
                                          an empty PostgreSQL database and end; the server must not run. With
                                          {ServerArguments.DryRun} only check and count; with {ServerArguments.Undo} use the SQLite
                                          database again, while nothing was written to PostgreSQL. A broken audit chain or
                                          a missing file is refused, unless {ServerArguments.AcceptBrokenAudit} or
                                          {ServerArguments.AcceptMissingFiles} is given
              {ServerArguments.Health}                    ask the running server whether it can serve; ends with 0 when it can

            Settings, on the command line as --NAME=value, in the environment or in appsettings.json:

            """);
        foreach (var row in SettingsTable.Rows)
        {
            output.WriteLine($"  {string.Join(", ", row.Names)}");
            output.WriteLine($"      {row.Meaning}; default: {row.Default}");
        }
    }
}
