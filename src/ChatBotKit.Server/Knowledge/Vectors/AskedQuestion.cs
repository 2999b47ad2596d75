namespace ChatBotKit.Server.Knowledge;

/// <summary>A question, whose vector is computed once, when it is first needed. Not thread-safe.</summary>
/// <param name="text">The question.</param>
/// <param name="vectors">Computes the vector; null to search by words alone.</param>
/// <param name="forModels">The question as the embedding model gets it; null for the question itself.</param>
internal sealed class AskedQuestion(string text, QuestionVectors? vectors = null, string? forModels = null)
{
    private Task<float[]?>? _vector;

    public static Task<float[]?> NoVector { get; } = Task.FromResult<float[]?>(null);

    public string Text => text;

    /// <summary>Returns the vector; null when there is none, or the model failed.</summary>
    public Task<float[]?> FindVectorAsync(CancellationToken cancellationToken) =>
        _vector ??= vectors?.FindAsync(forModels ?? text, cancellationToken) ?? NoVector;
}
