using System.CommandLine;
using System.Net;
using ChatBotKit.Cli.Commands;

namespace ChatBotKit.Cli;

/// <summary>The program: reads the command line, runs the command, and says on the error stream what went wrong.</summary>
internal static class Cli
{
    // A value that begins with @ is an alias or a file of the API's own, not a file of further arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings)
    {
        var command = Build(args, surroundings).Parse(args, Parsing);
        if (command.Errors.Count > 0)
        {
            foreach (var error in command.Errors)
                await surroundings.Error.WriteLineAsync($"error: {error.Message}");
            await surroundings.Error.WriteLineAsync("See cbk --help.");
            return ExitCodes.Usage;
        }

        using var interruption = new CancellationTokenSource();
        using var listening = surroundings.Interrupts.Listen(interruption.Cancel);
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                // Ctrl+C is ours: in a chat it stops the answer and not the program.
                ProcessTerminationTimeout = null,
            };
            return await command.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (CliException exception)
        {
            await surroundings.Error.WriteLineAsync($"error: {exception.Message}");
            return exception.ExitCode;
        }
        catch (ChatBotKitException exception)
        {
            await surroundings.Error.WriteLineAsync($"error: {exception.Message} ({exception.Code})");
            return exception.StatusCode == HttpStatusCode.Unauthorized ? ExitCodes.NotAuthenticated : ExitCodes.Failure;
        }
    }

    /// <summary>All commands; those of the API only when the arguments ask for one of them.</summary>
    public static RootCommand Build(string[] args, Surroundings surroundings)
    {
        var connection = new Connection(surroundings);
        var root = new RootCommand("cbk: the ChatBotKit API on the command line.")
        {
            LoginCommand.Create(surroundings),
            LoginCommand.CreateLogout(surroundings),
            ChatCommand.Create(surroundings, connection),
            SessionCommand.Create(surroundings, connection),
            AuditCommand.Create(surroundings, connection),
            KeyCommand.Create(surroundings, connection),
            TokenCommand.Create(surroundings, connection),
            DatasetCommand.Create(surroundings, connection),
            BackupCommand.Create(surroundings, connection),
            BackupCommand.CreateRestore(surroundings),
            ApiCommand.Create(args, surroundings, connection),
            CompletionCommand.Create(surroundings),
        };
        foreach (var option in connection.Options)
            root.Options.Add(option);
        return root;
    }
}
