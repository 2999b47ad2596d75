namespace ChatBotKit.Cli;

/// <summary>What the program touches outside of itself, so that a test can give it something else.</summary>
internal sealed class Surroundings
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person sits at the terminal, so that prompts, colours and progress bars make sense.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>The folder in which the credentials are kept.</summary>
    public required string ConfigDirectory { get; init; }

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Reads a line without showing it.</summary>
    public required Func<string?> ReadSecret { get; init; }

    public required Interrupts Interrupts { get; init; }

    public static Surroundings OfProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        ConfigDirectory = DefaultConfigDirectory(),
        Variable = Environment.GetEnvironmentVariable,
        ReadSecret = HiddenInput.ReadLine,
        Interrupts = Interrupts.OfProcess(),
    };

    private static string DefaultConfigDirectory() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg && !OperatingSystem.IsWindows()
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData),
        "chatbotkit");
}
