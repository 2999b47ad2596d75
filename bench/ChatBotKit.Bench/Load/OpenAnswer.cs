namespace ChatBotKit.Bench.Load;

/// <summary>A streamed answer that was not read to its end yet.</summary>
internal sealed record OpenAnswer(HttpResponseMessage Response, StreamedAnswer Answer) : IDisposable
{
    /// <summary>Reads the answer to its end; returns whether it was complete and without errors.</summary>
    public async Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Answer.ReadAsync(untilFirstToken: false, cancellationToken);
            return Answer is { Tokens: 1, Failures: 0 };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return false;
        }
    }

    public void Dispose() => Response.Dispose();
}
