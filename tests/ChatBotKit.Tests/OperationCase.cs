namespace ChatBotKit.Tests;

/// <summary>One operation: the call, the exact request, the response, and a summary of the result.</summary>
internal sealed record OperationCase(
    string Name,
    Func<ChatBotKitApi, CancellationToken, Task<string>> Call,
    string Request,
    string Answer,
    string Result)
{
    public string Accept { get; init; } = "application/json";

    /// <summary>The content type of a request with a body.</summary>
    public string ContentType { get; init; } = "application/json";

    public string AnswerType { get; init; } = "application/json";
}
