using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>
/// Creates consoles that use only what their writer supports: no colors and no cursor in a file, and no colors when
/// <c>NO_COLOR</c> is set.
/// </summary>
internal static class Consoles
{
    public static IAnsiConsole Of(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        return output.IsTerminal ? AnsiConsole.Create(new AnsiConsoleSettings { Out = output }) : Plain(writer);
    }

    public static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
    });
}
