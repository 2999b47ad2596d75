using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Writes log entries to the console, each beginning with its time. Nothing that came with a request can look like an entry of its
/// own or steer a terminal: characters that are not printed are shown as escapes.
/// </summary>
internal sealed class LineLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    private const string Indent = "      ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var text = new StringBuilder()
            .Append(time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
            .Append(' ').Append(LevelOf(logEntry.LogLevel)).Append(": ").Append(logEntry.Category)
            .Append(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}]").Append('\n');
        AppendLine(text, message);
        // The lines of a stack trace stay lines, indented so that none of them begins like an entry.
        foreach (var line in logEntry.Exception?.ToString().Split('\n') ?? [])
            AppendLine(text, line.TrimEnd('\r'));
        textWriter.Write(text.ToString());
    }

    private static void AppendLine(StringBuilder text, string line)
    {
        text.Append(Indent);
        foreach (var character in line)
        {
            if (IsPrinted(character))
                text.Append(character);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        text.Append('\n');
    }

    /// <summary>Not: control characters, separators of lines, marks that turn the direction of what follows.</summary>
    private static bool IsPrinted(char character) => char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format);

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
