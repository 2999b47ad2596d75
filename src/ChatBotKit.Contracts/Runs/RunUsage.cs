using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Describes what an operation used.</summary>
public sealed record RunUsage : ApiObject
{
    /// <summary>Gets the weighted tokens from the start of the request on; a dear model's token counts more than once.</summary>
    public required long Token { get; init; }

    /// <summary>Gets the tokens that the model read, not weighted; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? InputTokens { get; init; }

    /// <summary>Gets the tokens that the model wrote, not weighted; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OutputTokens { get; init; }
}
