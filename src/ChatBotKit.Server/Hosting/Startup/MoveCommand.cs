using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>The command that moves the database of a stopped server to PostgreSQL, or undoes that.</summary>
internal static class MoveCommand
{
    /// <exception cref="StartupException">The move was refused.</exception>
    public static async Task RunAsync(ServerArguments arguments, TextWriter output)
    {
        var configuration = ChatBotKitServer.CreateBuilder(arguments.Settings).Configuration;
        var (store, target) = (StoreOptions.From(configuration), PostgresSettings.Parse(arguments.Value, ServerArguments.MigrateTo));
        var isDryRun = arguments.Options.Contains(ServerArguments.DryRun);
        if (!arguments.Options.Contains(ServerArguments.Undo))
        {
            var options = new MoveOptions
            {
                IsDryRun = isDryRun,
                AcceptsBrokenAudit = arguments.Options.Contains(ServerArguments.AcceptBrokenAudit),
                AcceptsMissingFiles = arguments.Options.Contains(ServerArguments.AcceptMissingFiles),
            };
            await new OfflineMove(store, target, SecurityOptions.From(configuration).KeysDirectory, output).RunAsync(options, CancellationToken.None);
        }
        else if (isDryRun)
        {
            throw new StartupException($"{ServerArguments.Undo} has no {ServerArguments.DryRun}.");
        }
        else
        {
            await new MoveUndo(store, target, output).RunAsync(CancellationToken.None);
        }
    }
}
