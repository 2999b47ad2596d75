using System.Text;

namespace ChatBotKit.Cli.Input;

internal static class HiddenInput
{
    /// <summary>Reads a line from the keyboard without echo, or from a pipe.</summary>
    public static string? ReadLine()
    {
        if (Console.IsInputRedirected)
            return Console.ReadLine();
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
