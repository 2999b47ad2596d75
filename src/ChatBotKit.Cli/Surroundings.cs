using ChatBotKit.Cli.Input;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli;

/// <summary>The environment of the program, which a test can replace.</summary>
internal sealed class Surroundings
{
    private const int CommonWidth = 80;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Gets whether the terminal is interactive, so that prompts, colors and progress bars can be shown.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Gets the keyboard of the user; null when lines are read from <see cref="In"/>.</summary>
    public IKeyboard? Keyboard { get; init; }

    /// <summary>How many columns the terminal has.</summary>
    public Func<int> Width { get; init; } = () => CommonWidth;

    /// <summary>The folder in which the credentials are kept.</summary>
    public required string ConfigDirectory { get; init; }

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Opens standard input for bytes, of which <see cref="In"/> must not have read any.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Reads a line without echo.</summary>
    public required Func<string?> ReadSecret { get; init; }

    public required Interrupts Interrupts { get; init; }

    /// <summary>Reads the values of the command line that refer to files.</summary>
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
            // A line is edited with the control sequences of a terminal, on the error stream.
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
