namespace ChatBotKit.Cli;

/// <summary>The exception that ends the program with a message on the error stream.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failure) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
