using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The request of the browser: a new session, or a new token of its session.</summary>
internal sealed record ChatSessionRequest
{
    public string? SessionId { get; init; }
}

/// <summary>The answer to the browser, with which it can call the chat server itself.</summary>
internal sealed record ChatSession
{
    public required string ConversationId { get; init; }

    public required string Token { get; init; }

    /// <summary>In milliseconds since 1970, as everywhere in the API.</summary>
    public required long ExpiresAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SessionId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RefreshableUntil { get; init; }

    public required Uri ApiUrl { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ConversationId = ").Append(ConversationId).Append(", Token = ***");
        return true;
    }
}

/// <summary>The message that the browser sends.</summary>
internal sealed record ChatMessageRequest
{
    public string? Text { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatSession))]
[JsonSerializable(typeof(ChatSessionRequest))]
[JsonSerializable(typeof(ChatMessageRequest))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class ChatJsonContext : JsonSerializerContext;
