using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to synthesize a message as speech.</summary>
public sealed record MessageSynthesizeRequest
{
    /// <summary>Gets the part of the message to speak. Default: all of it.</summary>
    public string? Text { get; init; }
}

/// <summary>Describes the address of the speech.</summary>
public sealed record MessageSynthesizeResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the address of the sound, valid for a day; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }
}
