using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Consoles that know what their writer can show: no colours and no cursor in a file, and none against NO_COLOR.</summary>
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
