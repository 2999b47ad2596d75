using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Describes the usage of an operation.</summary>
public sealed record RunUsage : ApiObject
{
    /// <summary>
    /// Gets the number of weighted tokens since the start of the request. A token of an expensive model counts more than
    /// once.
    /// </summary>
    public required long Token { get; init; }

    /// <summary>Gets the tokens that the model read, not weighted; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? InputTokens { get; init; }

    /// <summary>Gets the tokens that the model wrote, not weighted; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OutputTokens { get; init; }
}
