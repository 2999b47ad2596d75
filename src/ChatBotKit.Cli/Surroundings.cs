using ChatBotKit.Cli.Input;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli;

/// <summary>What the program touches outside of itself, so that a test can give it something else.</summary>
internal sealed class Surroundings
{
    private const int CommonWidth = 80;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person sits at the terminal, so that prompts, colours and progress bars make sense.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>The keys of the person who sits there; null where lines are read from <see cref="In"/>.</summary>
    public IKeyboard? Keyboard { get; init; }

    /// <summary>How many columns the terminal has.</summary>
    public Func<int> Width { get; init; } = () => CommonWidth;

    /// <summary>The folder in which the credentials are kept.</summary>
    public required string ConfigDirectory { get; init; }

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Reads a line without showing it.</summary>
    public required Func<string?> ReadSecret { get; init; }

    public required Interrupts Interrupts { get; init; }

    /// <summary>The values of the command line that stand for files.</summary>
    public TextValues Texts => field ??= new TextValues(this);

    public static Surroundings OfProcess()
    {
        var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        return new Surroundings
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            IsInteractive = isInteractive,
            // A line is edited with the commands of a terminal, on the error stream.
            Keyboard = isInteractive && Consoles.Of(Console.Error).Profile.Capabilities.Ansi ? new ConsoleKeyboard() : null,
            Width = () => Console.WindowWidth is > 0 and var width ? width : CommonWidth,
            ConfigDirectory = DefaultConfigDirectory(),
            Variable = Environment.GetEnvironmentVariable,
            ReadSecret = HiddenInput.ReadLine,
            Interrupts = Interrupts.OfProcess(),
        };
    }

    private static string DefaultConfigDirectory() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg && !OperatingSystem.IsWindows()
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "chatbotkit");
}
