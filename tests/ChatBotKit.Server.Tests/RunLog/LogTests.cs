using System.Text;
using ChatBotKit.Server.RunLog;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.RunLog;

/// <summary>The shared parts of the tests of logs.</summary>
public abstract class LogTests
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private protected FakeTimeProvider Clock { get; } = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected AppendLog Log(GatedStore? store, long last = 0) => new("log-1", store, last, Clock);

    private protected LogReader Reader(AppendLog log, long after = 0, TimeSpan? heartbeat = null) =>
        log.CreateReader(after, Clock, heartbeat);

    private protected static void Say(AppendLog log, string text) => log.AppendToken("token"u8, text);

    /// <summary>Reads until the log ends, at most <paramref name="count"/> lines.</summary>
    private protected static async Task<List<string>> ReadAsync(LogReader reader, int count = int.MaxValue)
    {
        var lines = new List<string>();
        while (lines.Count < count && await NextAsync(reader) == LogRead.Lines)
            lines.AddRange(Lines(reader.Current));
        return lines;
    }

    private protected static Task<LogRead> NextAsync(LogReader reader) =>
        reader.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);

    private protected static IEnumerable<string> Lines(LogBatch batch) =>
        LogLines.Split(batch.Lines).Select(line => Encoding.UTF8.GetString(line.Span));

    private protected static string TextOf(string line) =>
        System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("data").GetProperty("token").GetString()!;

    private protected static long NumberOf(string line) =>
        System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt64();
}
