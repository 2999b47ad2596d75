namespace ChatBotKit.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The call failed, or a check failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is not valid.</summary>
    public const int Usage = 2;

    /// <summary>There is no credential, or the server refuses it.</summary>
    public const int NotAuthenticated = 3;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
