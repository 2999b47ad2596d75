using ChatBotKit.Server.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Hosting;

public sealed class LineLogFormatterTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 28, 12, 30, 5, TimeSpan.Zero));

    [Fact]
    public void Entry_BeginsWithItsTime() => Assert.Equal(
        "2026-11-28T12:30:05.000Z warn: Some.Category[7]\n      Zoë 🐈 has gone\n", Write("Zoë 🐈 has gone"));

    [Fact]
    public void Message_CanNotBeginAnotherEntryOrSteerATerminal()
    {
        var written = Write("a\r\n2026-11-28T12:30:05.000Z crit: Forged[0]\u001b[2J\u0085\u2028\u202e\u009b");

        Assert.Equal(2, written.Count(character => character == '\n'));
        Assert.Contains("""a\u000d\u000a2026""", written, StringComparison.Ordinal);
        Assert.Contains("""\u001b[2J\u0085\u2028\u202e\u009b""", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_KeepsItsLinesBehindAnIndent()
    {
        var written = Write("failed", new InvalidOperationException("a\ncrit: Forged[0]\u001b[2J"));

        var lines = written.TrimEnd('\n').Split('\n');
        Assert.All(lines.Skip(1), line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("\u001b", written, StringComparison.Ordinal);
    }

    private static string Write(string message, Exception? exception = null)
    {
        using var writer = new StringWriter();
        new LineLogFormatter(Time).Write(
            new LogEntry<string>(LogLevel.Warning, "Some.Category", new EventId(7), message, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
