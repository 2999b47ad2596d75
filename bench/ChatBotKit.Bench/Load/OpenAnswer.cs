namespace ChatBotKit.Bench.Load;

/// <summary>An answer that has begun and has not been read to its end.</summary>
internal sealed record OpenAnswer(HttpResponseMessage Response, StreamedAnswer Answer) : IDisposable
{
    /// <summary>Reads to the end; true when that was a good one.</summary>
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
