using ChatBotKit.Faults.Kill.Work;

#pragma warning disable CA1050 // The runtime looks for this type outside of every namespace.

/// <summary>What DOTNET_STARTUP_HOOKS loads into a server that is killed: it gives the server work that is due.</summary>
internal static class StartupHook
{
    /// <summary>Is set for a server that gets the work.</summary>
    public const string Variable = "CHATBOTKIT_FAULTS_WORK";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            ChainSetup.Watch();
    }
}
