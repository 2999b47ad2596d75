using System.CommandLine;
using System.Net;
using ChatBotKit.Cli.Commands;
using ChatBotKit.Cli.Input;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli;

/// <summary>Reads the command line, runs the command, and writes failures to the error stream.</summary>
internal static class Cli
{
    private const string Name = "cbk";

    // A value that starts with @ is an alias or a file with the value, not a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, Surroundings surroundings)
    {
        var connection = new Connection(surroundings);
        var errors = new ErrorWriter(surroundings);
        var command = Build(args, surroundings, connection).Parse(args, Parsing);
        if (command.Errors.Count > 0)
            return Misused(command, errors);

        (command.CommandResult.Command as OperationCommand)?.ShowWholeDescription();
        using var interruption = new CancellationTokenSource();
        // On the second interrupt, the process ends without waiting for the first one to take effect.
        using var listening = surroundings.Interrupts.Listen(() =>
        {
            if (interruption.IsCancellationRequested)
                return false;
            interruption.Cancel();
            return true;
        });
        try
        {
            return await command.InvokeAsync(Invocation(surroundings), interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            // The next output starts on a new line.
            if (surroundings.IsInteractive)
                await surroundings.Error.WriteLineAsync();
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is CliException or ChatBotKitException or IOException or UnauthorizedAccessException)
        {
            return Failed(exception, command, connection, errors);
        }
    }

    private static int Misused(ParseResult command, ErrorWriter errors)
    {
        foreach (var error in command.Errors)
            errors.Write(error.Message);
        errors.Hint($"See {PathOf(command.CommandResult.Command)} --help.");
        return ExitCodes.Usage;
    }

    private static int Failed(Exception failure, ParseResult command, Connection connection, ErrorWriter errors)
    {
        switch (failure)
        {
            case CliException exception:
                errors.Write(exception.Message);
                if (exception.ExitCode == ExitCodes.Usage)
                    errors.Hint($"See {PathOf(command.CommandResult.Command)} --help.");
                return exception.ExitCode;
            case ChatBotKitException exception:
                errors.Write(exception, connection);
                return exception.StatusCode == HttpStatusCode.Unauthorized ? ExitCodes.NotAuthenticated : ExitCodes.Failure;
            default:
                errors.Write(failure.Message);
                return ExitCodes.Failure;
        }
    }

    /// <summary>Creates all commands. Those of the API are created only when the arguments name one of them.</summary>
    public static RootCommand Build(string[] args, Surroundings surroundings, Connection connection)
    {
        var root = new RootCommand($"cbk: the ChatBotKit API on the command line. {TextValues.Help}")
        {
            LoginCommand.Create(surroundings),
            LoginCommand.CreateLogout(surroundings),
            ChatCommand.Create(surroundings, connection),
            SessionCommand.Create(surroundings, connection),
            AuditCommand.Create(surroundings, connection),
            KeyCommand.Create(surroundings, connection),
            TokenCommand.Create(surroundings, connection),
            ServerCommand.Create(surroundings, connection),
            DatasetCommand.Create(surroundings, connection),
            BackupCommand.Create(surroundings, connection),
            MigrateCommand.Create(surroundings, connection),
            BackupCommand.CreateRestore(surroundings),
            ApiCommand.Create(args, surroundings, connection),
            CompletionCommand.Create(surroundings),
        };
        foreach (var option in connection.Options)
            root.Options.Add(option);
        return root;
    }

    /// <summary>Gets the words of a command, as the user types them.</summary>
    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : Name;

    private static InvocationConfiguration Invocation(Surroundings surroundings) => new()
    {
        Output = surroundings.Out,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        // Ctrl+C is handled here: in a chat it stops the answer and not the program.
        ProcessTerminationTimeout = null,
    };
}
