using System.Text;

namespace ChatBotKit.Cli;

/// <summary>The keyboard of the process: Ctrl+C, and lines that are not shown.</summary>
internal static class Interrupts
{
    public static IDisposable Listen(Action interrupted)
    {
        ConsoleCancelEventHandler handler = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted();
        };
        Console.CancelKeyPress += handler;
        return new Subscription(() => Console.CancelKeyPress -= handler);
    }

    public static string? ReadSecret()
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

        Console.WriteLine();
        return text.ToString();
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
