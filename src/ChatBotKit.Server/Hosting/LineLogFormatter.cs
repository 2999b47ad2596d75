using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Writes log entries to the console, each beginning with its time. Characters that are not printable are escaped, so that text
/// from a request can't forge an entry or control a terminal.
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
        // The lines of a stack trace are kept, but indented, so that none of them looks like an entry.
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

    /// <summary>Whether a character is printable. Control characters, line separators and marks of the text direction are not.</summary>
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
