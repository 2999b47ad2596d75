namespace ChatBotKit;

/// <summary>The answer to a GraphQL operation whose data has a type of its own.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
public sealed record GraphQlResult<T>
{
    /// <summary>Gets the data; the default of its type when nothing could be carried out.</summary>
    public T? Data { get; init; }

    /// <summary>Gets what went wrong; empty when nothing did. There may be data as well.</summary>
    public IReadOnlyList<GraphQlError> Errors { get; init; } = [];
}
