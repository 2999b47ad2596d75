using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Changes a message. A field that is not set stays as it is.</summary>
public sealed record MessageUpdateRequest
{
    /// <summary>Gets who speaks, or what kind of note it is.</summary>
    public Optional<MessageType> Type { get; init; }

    /// <summary>Gets the text. At most 65,535 bytes.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the personal data in the text, which is replaced in what is stored; null leaves the text as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Entity>? Entities { get; init; }
}

/// <summary>The message that was changed.</summary>
public sealed record MessageUpdateResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the personal data in the text; null when the server does not tell.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }
}
