using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// Reranks what a search has found, where the dataset names a reranker and an endpoint is configured. An endpoint that fails or is late
/// leaves the order of the search, which is logged and counted.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="endpoint">The endpoint; null for none.</param>
internal sealed class Rerankers(TimeProvider time, ILogger<Rerankers> logger, IReranker? endpoint = null)
{
    /// <summary>How long a search waits for the endpoint.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FailurePause _pause = new(time);

    /// <summary>Reads the reranker of a dataset; null when there is none that can be used.</summary>
    public RerankerReference? Find(string? reference) => endpoint is null ? null : RerankerReference.Read(reference);

    /// <summary>Returns the records in the order of the reranker. Records that it leaves out follow in their order.</summary>
    public async Task<IReadOnlyList<RecordMatch>> RankAsync(
        RerankerReference reranker, string question, IReadOnlyList<RecordMatch> matches, CancellationToken cancellationToken)
    {
        if (matches.Count < 2)
            return matches;
        if (!_pause.IsOn && await AskAsync(reranker.Model, question, matches, cancellationToken) is { } order)
            return [.. order.Select(place => matches[place]), .. matches.Where((_, place) => !order.Contains(place))];
        KnowledgeTelemetry.FellBack("reranker");
        return matches;
    }

    private async Task<IReadOnlyList<int>?> AskAsync(
        string model, string question, IReadOnlyList<RecordMatch> matches, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await endpoint!.RankAsync(model, question, [.. matches.Select(MatchText.Of)], either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failed($"it did not answer within {Patience.TotalSeconds} seconds", null);
        }
        catch (EmbeddingException exception)
        {
            Failed(exception.Message, exception);
        }

        return null;
    }

    private void Failed(string why, EmbeddingException? exception)
    {
        logger.LogWarning("The found records of a dataset were not reranked, because the reranker failed: {Reason}", why);
        // A request that is refused says nothing about the models and questions of other datasets.
        if (exception?.IsOfTexts != true)
            _pause.Begin(exception?.RetryAfter);
    }
}
