namespace ChatBotKit;

/// <summary>The answer to a GraphQL operation whose data has a type of your own.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
public sealed record GraphQlResult<T>
{
    /// <summary>Gets the data; the default value of its type when the operation could not be executed.</summary>
    public T? Data { get; init; }

    /// <summary>Gets the errors; empty when there are none. There can be data and errors in one answer.</summary>
    public IReadOnlyList<GraphQlError> Errors { get; init; } = [];
}
