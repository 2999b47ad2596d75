using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>A stream of JSON Lines. Only the numbered lines count.</summary>
internal sealed class EventStream(HttpResponseMessage response, Stream body) : IDisposable
{
    private readonly StreamReader _reader = new(body);

    public string? RunId { get; } = response.Headers.TryGetValues("X-Run-Id", out var ids) ? ids.Single() : null;

    /// <summary>Returns the next numbered line unchanged; null at the end.</summary>
    public Task<EventLine?> ReadAsync() => ReadAsync(TestContext.Current.CancellationToken);

    public async Task<EventLine?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadLineAsync(cancellationToken) is { } text)
        {
            if (EventLine.Parse(text) is { } line)
                return line;
        }
        return null;
    }

    public async Task<List<EventLine>> ReadToEndAsync()
    {
        var lines = new List<EventLine>();
        while (await ReadAsync() is { } line)
            lines.Add(line);
        return lines;
    }

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }
}

/// <summary>A numbered event.</summary>
/// <param name="Raw">The line as it was received.</param>
/// <param name="Number">The number in the log.</param>
/// <param name="Type">The type.</param>
/// <param name="Data">The data.</param>
internal sealed record EventLine(string Raw, long Number, string Type, JsonElement Data)
{
    public static EventLine? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        var line = JsonElement.Parse(text);
        return line.TryGetProperty("id", out var number)
            ? new EventLine(text, number.GetInt64(), line.GetProperty("type").GetString()!, line.GetProperty("data"))
            : null;
    }

    public string Text(string property) => Data.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";

    /// <summary>The reason of the end in a <c>result</c>; null for other events.</summary>
    public string? EndReason => Data.TryGetProperty("end", out var end) ? end.GetProperty("reason").GetString() : null;
}
