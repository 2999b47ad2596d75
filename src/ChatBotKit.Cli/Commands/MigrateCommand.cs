using System.CommandLine;
using System.Globalization;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk migrate</c>: moves a running server from its database file to PostgreSQL, and shows the progress.</summary>
internal static class MigrateCommand
{
    private const string Variable = "CHATBOTKIT_POSTGRES";

    private const string Lost = "The server was started again and knows nothing of the migration; see its log, and start the migration again.";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var to = new Option<string?>("--to")
        {
            Description = $"Connection string of an empty PostgreSQL database; - reads it from standard input. Default: the variable {Variable}.",
            HelpName = "connection",
        };
        var acceptBrokenAudit = new Option<bool>("--accept-broken-audit") { Description = "Move audit chains that are broken." };
        var acceptMissingFiles = new Option<bool>("--accept-missing-files") { Description = "Move attachments whose files are missing or damaged." };
        var output = new OutputOptions(surroundings);
        var command = new Command("migrate", "Move a running server from its database file to PostgreSQL. The server keeps running, and refuses writes for some seconds at the end. For the owner of the server.")
        {
            to, acceptBrokenAudit, acceptMissingFiles,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var request = new ServerMigrationCreateRequest
            {
                To = await ReadTargetAsync(surroundings, parsed.GetValue(to), token),
                AcceptBrokenAudit = parsed.GetValue(acceptBrokenAudit) ? true : null,
                AcceptMissingFiles = parsed.GetValue(acceptMissingFiles) ? true : null,
            };
            var ended = await RunAsync(surroundings, connection.Open(parsed).Server.Migration, request, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJson(ended));
            return ended.State == ServerMigrationState.Moved
                ? ExitCodes.Success
                : throw new CliException(ended.Error ?? (ended.State == ServerMigrationState.None ? Lost : "The migration failed."), ExitCodes.Failure);
        });
        return command;
    }

    private static async Task<string> ReadTargetAsync(Surroundings surroundings, string? to, CancellationToken cancellationToken)
    {
        var text = to == "-" ? await surroundings.Texts.ReadInputAsync("--to", cancellationToken) : to ?? surroundings.Variable(Variable);
        return string.IsNullOrWhiteSpace(text)
            ? throw new CliException($"Give the database with --to, or with {Variable}.", ExitCodes.Usage)
            : text.Trim();
    }

    private static async Task<ServerMigrationItem> RunAsync(
        Surroundings surroundings, ServerMigrationClient migrations, ServerMigrationCreateRequest request, CancellationToken cancellationToken)
    {
        var migration = await migrations.CreateAsync(request, cancellationToken);
        try
        {
            while (migration.State != ServerMigrationState.Moved && migration.State != ServerMigrationState.Failed && migration.State != ServerMigrationState.None)
            {
                await ShowAsync(surroundings, migration);
                await Task.Delay(Interval, cancellationToken);
                migration = await FetchAsync(migrations, migration, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await surroundings.Error.WriteLineAsync("\nCancelling…");
            var canceled = await migrations.CancelAsync(CancellationToken.None);
            return canceled.State == ServerMigrationState.Failed
                ? canceled
                : throw new CliException("It is too late to cancel: the server is about to run on PostgreSQL.", ExitCodes.Failure);
        }
        finally
        {
            if (surroundings.IsInteractive)
                await surroundings.Error.WriteLineAsync();
        }

        return migration;
    }

    /// <summary>Fetches the progress. While the server is started again, the progress is the one from before.</summary>
    private static async Task<ServerMigrationItem> FetchAsync(
        ServerMigrationClient migrations, ServerMigrationItem before, CancellationToken cancellationToken)
    {
        try
        {
            return await migrations.FetchAsync(cancellationToken);
        }
        catch (ChatBotKitException exception) when (
            before.State == ServerMigrationState.Switching || before.State == ServerMigrationState.CatchingUp
            ? exception.Code is ClientErrorCodes.ConnectionFailed or ClientErrorCodes.ConnectionLost or ErrorCodes.ServiceUnavailable
            : exception.Code is ErrorCodes.ServiceUnavailable)
        {
            return before;
        }
    }

    private static async Task ShowAsync(Surroundings surroundings, ServerMigrationItem migration)
    {
        if (!surroundings.IsInteractive)
            return;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{migration.State}: {migration.Rows} rows, {migration.Bytes / 1_000_000} MB, {migration.WaitingRows} waiting");
        await surroundings.Error.WriteAsync($"\r{text.PadRight(surroundings.Width() - 1)}");
    }
}
