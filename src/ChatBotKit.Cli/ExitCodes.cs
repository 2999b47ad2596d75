namespace ChatBotKit.Cli;

/// <summary>What the program tells a script.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The call failed, or a check did not hold.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>There is no credential, or the server does not take it.</summary>
    public const int NotAuthenticated = 3;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
