namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Computes the vectors of questions. A model that fails or is late makes a search by words alone: it is logged and counted, but no search
/// fails because of it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="model">The model; null for none.</param>
internal sealed class QuestionVectors(TimeProvider time, ILogger<QuestionVectors> logger, IEmbeddingModel? model = null)
{
    /// <summary>How long a search waits for the vector of its question.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FailurePause _pause = new(time);

    /// <summary>Returns the vector; null when there is none.</summary>
    public async Task<float[]?> FindAsync(string question, CancellationToken cancellationToken)
    {
        if (model is null)
            return null;
        if (_pause.IsOn)
        {
            KnowledgeTelemetry.FellBack("question");
            return null;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await model.EmbedQuestionAsync(question, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failed($"it did not answer within {Patience.TotalSeconds} seconds", null);
        }
        catch (EmbeddingException exception)
        {
            Failed(exception.Message, exception.IsOfTexts ? TimeSpan.Zero : exception.RetryAfter ?? FailurePause.Length);
        }

        return null;
    }

    private void Failed(string why, TimeSpan? pause)
    {
        KnowledgeTelemetry.FellBack("question");
        logger.LogWarning("A dataset was searched by words alone, because the embedding model failed: {Reason}", why);
        // A question that the model refuses says nothing about the next one.
        if (pause != TimeSpan.Zero)
            _pause.Begin(pause);
    }
}
