using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to update a message. A field that is not set keeps its value.</summary>
public sealed record MessageUpdateRequest
{
    /// <summary>Gets the type, which tells who wrote the message or what kind of note it is.</summary>
    public Optional<MessageType> Type { get; init; }

    /// <summary>Gets the text. At most 65,535 bytes.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the personal data in the text, which is replaced in the stored text; null stores the text unchanged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Entity>? Entities { get; init; }
}

/// <summary>The message that was updated.</summary>
public sealed record MessageUpdateResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the personal data in the text; null when the server does not send it.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }
}
